using System.Runtime.ExceptionServices;

namespace Nabla.Tables;

/// <summary>What becomes of each column of a table, decided from all its rows before anything is trained.</summary>
/// <remarks>Immutable.</remarks>
public sealed class TablePlan
{
    private const int MaxThreads = 8;

    private TablePlan(IReadOnlyList<PlannedColumn> columns, int rowCount, IReadOnlyList<string> notices, TableEncoding? encoding)
    {
        Columns = columns;
        RowCount = rowCount;
        Notices = notices;
        Encoding = encoding;
    }

    /// <summary>All columns, in the order of the table.</summary>
    public IReadOnlyList<PlannedColumn> Columns { get; }

    /// <summary>Rows of the table, with a target or without.</summary>
    public int RowCount { get; }

    /// <summary>What was assumed, and what a user may want to know, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>The encoding, before missing values are fitted; null without a target.</summary>
    internal TableEncoding? Encoding { get; }

    /// <summary>Reads a table once, and decides what becomes of its columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">
    /// What to predict, and how to read the columns; without targets, all columns are inputs. Null for neither.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// There are no rows, a column that the options name is missing, or a column cannot be used; the message says where.
    /// </exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public static TablePlan Create(Table table, TableOptions? options = null)
    {
        options ??= new TableOptions { Targets = [] };
        var markers = Tables.MissingMarkers.Of(options.MissingMarkers);
        var roles = RolesOf(table, options);
        ColumnProfile[] profiles = [.. table.Columns.Select(column => new ColumnProfile(column, markers))];
        int rows = Collect(table.Source, profiles);
        if (rows == 0)
            throw table.Source.Header.Error("only the header is there", "Give at least one row of data.");
        var planner = new ColumnPlanner(table, options, hasDecimalCommas: Array.Exists(profiles, ColumnPlanner.HasDecimalCommas));
        ColumnDecision[] decisions = [.. profiles.Zip(roles, planner.Decide)];
        var notices = PlanNotices.Of(table, decisions);
        return new TablePlan(
            [.. decisions.Select(decision => decision.Describe())], rows, notices,
            options.Targets.Count == 0 ? null : EncodingOf(table, decisions, options));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{RowCount} rows, {Columns.Count} columns";

    /// <summary>Reads all rows.</summary>
    /// <returns>How many there are.</returns>
    private static int Collect(TableSource source, ColumnProfile[] profiles)
    {
        // Finding the fields of a text costs little beside reading their values, so that each thread finds all and reads those of some columns.
        int parts = source.CanBeReadAtOnce ? Math.Min(Environment.ProcessorCount, MaxThreads) : 1;
        if (parts == 1)
            return Collect(source, profiles, 0, 1);
        var rows = new int[parts];
        try
        {
            Parallel.For(0, parts, part => rows[part] = Collect(source, profiles, part, parts));
        }
        catch (AggregateException errors)
        {
            // The first error of the table, whichever thread met one first.
            foreach (var row in source.Rows())
            {
                for (int i = 0; i < profiles.Length; i++)
                    _ = row[i];
            }
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        return rows[0];
    }

    private static int Collect(TableSource source, ColumnProfile[] profiles, int part, int parts)
    {
        int rows = 0;
        foreach (var row in source.Rows())
        {
            rows++;
            for (int i = part; i < profiles.Length; i += parts)
                profiles[i].Add(row[i], row);
        }
        return rows;
    }

    private static ColumnRole?[] RolesOf(Table table, TableOptions options)
    {
        var roles = new ColumnRole?[table.Columns.Count];
        Array.Fill(roles, options.Only is null ? ColumnRole.Input : null);
        foreach (string input in options.Only ?? [])
            roles[table.IndexOf(input)] = ColumnRole.Input;
        foreach (string column in options.Kinds.Keys)
            table.IndexOf(column);
        if (options.WeightColumn is { } weight)
            roles[table.IndexOf(weight)] = ColumnRole.Weight;
        foreach (string target in options.Targets)
        {
            int position = table.IndexOf(target);
            if (roles[position] is ColumnRole.Target)
                throw table.Source.Header.Error($"the target {RowLocation.Quote(target)} is named twice", "Name each target once.");
            if (options.Kinds.Keys.Any(column => table.IndexOf(column) == position))
            {
                throw table.Source.Header.Error(
                    table.Columns[position], "it is the target, and its kind is chosen as if it were an input",
                    "Leave it out of the kinds of columns; the task says whether it holds classes or numbers.");
            }
            roles[position] = ColumnRole.Target;
        }
        return roles.Contains(ColumnRole.Input) ? roles : throw table.Source.Header.Error(
            table.Columns.Count == 1 && options.Targets.Count == 1
                ? $"{RowLocation.Quote(options.Targets[0])} is the only column"
                : "no column is left as an input",
            "Give at least one column to learn from.");
    }

    private static TableEncoding EncodingOf(Table table, ColumnDecision[] decisions, TableOptions options)
    {
        ColumnEncoding[] inputs = [.. decisions.Select(decision => decision.Encoding).OfType<ColumnEncoding>()];
        if (inputs.Length == 0)
        {
            var left = decisions.Where(decision => decision.Role == ColumnRole.Input)
                .Select(decision => $"{decision.Name} ({decision.Reason})");
            throw table.Source.Header.Error(
                $"no column is left to learn from: {string.Join(", ", left)}",
                "Give a column that differs between rows, or choose its kind.");
        }
        // The order in which the user named them.
        var targets = options.Targets.Select(target => decisions[table.IndexOf(target)]);
        var first = targets.First();
        return new TableEncoding(inputs, [.. targets.Select(target => target.Name)], first.Classes)
        {
            TargetFormat = first.NumberFormat,
            MissingMarkers = options.MissingMarkers,
            InvalidCells = options.InvalidCells,
            WeightColumn = options.WeightColumn,
            HasHeader = table.Source.HasHeader,
        };
    }
}
