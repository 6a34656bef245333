namespace Nabla.Tables;

/// <summary>What becomes of each column of a table, decided from all its rows before anything is trained.</summary>
/// <remarks>Immutable.</remarks>
public sealed class TablePlan
{
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
        int[] targets = [.. Enumerable.Range(0, roles.Length).Where(i => roles[i] is ColumnRole.Target)];
        int rows = new ProfileReader(table.Source, profiles, targets, markers).Read();
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
            if (roles[position] is ColumnRole.Weight)
                throw table.Source.Header.Error(table.Columns[position], "it is the target, and cannot be the weight", "Name another.");
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
            var left = decisions.Where(decision => decision.Role is ColumnRole.Input or null && decision.Reason.Length > 0)
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
            TargetFormat = targets.Max(target => target.NumberFormat),
            MissingMarkers = options.MissingMarkers,
            InvalidCells = options.InvalidCells,
            WeightColumn = options.WeightColumn,
            WeightFormat = Array.Find(decisions, decision => decision.Role is ColumnRole.Weight)?.NumberFormat,
            HasHeader = table.Source.HasHeader,
            ColumnCount = table.Source.HasHeader ? null : table.Columns.Count,
        };
    }
}
