using System.Text;

namespace Nabla.Tables;

/// <summary>Writes the rows of a table into features and targets, with a given encoding.</summary>
internal sealed class TableEncoder
{
    private readonly Table table;
    private readonly TableEncoding encoding;
    private readonly MissingMarkers markers;
    private readonly UnknownCategoryHandling unknown;
    private readonly bool onDisk;
    private readonly int[] positions;
    private readonly int[] targets;
    private readonly int weightColumn; // -1 for none
    private readonly NumberFormat weightFormat;
    private readonly List<float> weights = [];
    private readonly ColumnReport[] reports;
    private int withoutTarget;

    /// <param name="table">The table.</param>
    /// <param name="encoding">How its columns become features.</param>
    /// <param name="targetColumns">The columns of the targets, as many as the encoding has; none to ignore them.</param>
    /// <param name="unknown">What to do with a category that is unknown.</param>
    /// <param name="onDisk">Whether the features are kept in a temporary file.</param>
    /// <exception cref="InvalidInputException">A column is missing.</exception>
    public TableEncoder(
        Table table, TableEncoding encoding, IReadOnlyList<string> targetColumns, UnknownCategoryHandling unknown, bool onDisk = false)
    {
        this.table = table;
        this.encoding = encoding;
        this.unknown = unknown;
        this.onDisk = onDisk;
        markers = Tables.MissingMarkers.Of(encoding.MissingMarkers);
        if (encoding.ColumnCount is { } expected && table.Columns.Count != expected && !LacksOnlyTargets(expected))
        {
            throw table.Source.Header.Error(
                $"the table has {table.Columns.Count} columns without names, and the training data had {expected}",
                "Give all columns in the same order. Target cells may be empty.");
        }
        positions = [.. encoding.Columns.Select(column => table.IndexOf(column.Name))];
        targets = [.. targetColumns.Select(table.IndexOf)];
        // A later table need not have weights: they matter in training only.
        weightColumn = encoding.WeightColumn is { } weight ? table.Find(weight) : -1;
        bool weightHasComma = encoding.WeightFormat is { } format ? format == NumberFormat.DecimalComma : encoding.HasDecimalCommas;
        weightFormat = weightHasComma ? NumberFormat.DecimalComma : NumberFormat.DecimalPoint;
        reports = [.. encoding.Columns.Select(column => new ColumnReport(column))];
    }

    /// <summary>Encodes the inputs of all rows.</summary>
    /// <exception cref="InvalidInputException">A value cannot be used.</exception>
    public EncodedInputs EncodeInputs()
    {
        int count = CountRows();
        using var features = FeatureRows.Create(encoding, table.Source, count, onDisk);
        foreach (var row in Rows(count))
            EncodeRow(row, features.Add());
        return new EncodedInputs(features.ToTable(), [.. InputNotices()]);
    }

    /// <summary>Encodes all rows that have targets.</summary>
    /// <exception cref="InvalidInputException">A value cannot be used, or there are no rows.</exception>
    public EncodedExamples EncodeExamples()
    {
        int count = CountRows();
        using var features = FeatureRows.Create(encoding, table.Source, count, onDisk);
        return Examples(features, EncodeExamples(features, count), [.. TargetNotices(), .. InputNotices()]);
    }

    /// <summary>
    /// Encodes all rows that have targets, and fits what takes the place of missing numbers. The notices concern the targets alone: the
    /// plan has said what is unusual in the inputs.
    /// </summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <exception cref="InvalidInputException">A value cannot be used, or there are no rows.</exception>
    public (EncodedExamples Examples, TableEncoding Encoding) Fit(int rowCount)
    {
        using var features = FeatureRows.Create(encoding, table.Source, rowCount, onDisk);
        var targets = EncodeExamples(features, rowCount);
        var fitted = features.FillMissing();
        return (Examples(features, targets, [.. TargetNotices()]), fitted);
    }

    private (Targets Targets, List<int> Rows) EncodeExamples(FeatureRows features, int count)
    {
        var rows = new List<int>();
        var labels = new List<int>();
        var values = new List<double>(); // [rows, targets]
        int number = -1;
        foreach (var row in Rows(count))
        {
            number++;
            if (!AddTargets(row, labels, values))
            {
                withoutTarget++;
                continue;
            }
            rows.Add(number);
            EncodeRow(row, features.Add());
            if (weightColumn >= 0)
                weights.Add(WeightOf(row));
        }
        if (weights.Count > 0 && weights.TrueForAll(weight => weight == 0))
        {
            throw table.Source.Header.Error(
                table.Columns[weightColumn], "all weights are 0, and no row counts", "Give at least one row a weight above 0.");
        }
        if (rows.Count == 0)
            throw table.Source.Header.Error("no row has a target", "Give at least one row with a value in the target column.");
        Targets all = encoding.ClassNames is { } names
            ? new ClassTargets(labels.ToArray(), names)
            : new ValueTargets(values.ToArray(), encoding.TargetColumns);
        return (all, rows);
    }

    private EncodedExamples Examples(FeatureRows features, (Targets Targets, List<int> Rows) encoded, string[] notices) =>
        new(new Dataset(table.Name, features.ToTable(), encoded.Targets, weights.ToArray()), encoded.Rows, notices);

    /// <summary>The rows, which must be as many as when they were counted.</summary>
    /// <exception cref="InvalidInputException">They are not.</exception>
    private IEnumerable<TableRow> Rows(int count)
    {
        int read = 0;
        foreach (var row in table.Source.Rows())
        {
            if (read++ == count)
                throw table.Source.Changed(count, "more");
            yield return row;
        }
        if (read < count)
            throw table.Source.Changed(count, "fewer");
    }

    /// <summary>
    /// Whether a table without column names can lack nothing but targets and weights: the inputs come first, and no column is left out.
    /// </summary>
    private bool LacksOnlyTargets(int columns)
    {
        int inputs = encoding.Columns.Count, others = encoding.TargetColumns.Count + (encoding.WeightColumn is null ? 0 : 1);
        return table.Columns.Count < columns && inputs + others == columns
            && encoding.Columns.All(column => (uint)table.Find(column.Name) < (uint)inputs);
    }

    private int CountRows()
    {
        int rows = 0;
        foreach (var _ in table.Source.Rows())
            rows = table.Source.CountOneMore(rows);
        return rows;
    }

    /// <param name="row">One row.</param>
    /// <param name="features">[features], all zero.</param>
    private void EncodeRow(TableRow row, Span<float> features)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            var column = encoding.Columns[i];
            var cell = row[positions[i]];
            var state = column.Encode(cell, row.IsTyped(positions[i]), markers, features[..column.Width]);
            if (state != CellState.Value)
            {
                RequireUsable(column, cell, row, state);
                reports[i].Add(state, cell);
            }
            features = features[column.Width..];
        }
    }

    private void RequireUsable(ColumnEncoding column, ReadOnlySpan<byte> cell, TableRow row, CellState state)
    {
        if (state == CellState.Invalid && encoding.InvalidCells == InvalidCellHandling.Error)
        {
            throw row.Location.Error(
                column.Name, WhyInvalid(cell, (column as NumberEncoding)?.Format, Expected(column)),
                "Correct the cell, or leave it empty if the value is missing.");
        }
        if (state == CellState.Unknown && unknown == UnknownCategoryHandling.Error && column is CategoryEncoding category)
        {
            throw row.Location.Error(
                column.Name,
                $"{RowLocation.Quote(cell)} is not among {category.Known}: "
                + RowLocation.List(category.Categories.ToArray()),
                "Use a known category, leave out the row, or train again with it.");
        }
    }

    private static string Expected(ColumnEncoding column) => column switch
    {
        NumberEncoding { Format: NumberFormat.DecimalComma } => "a number with a decimal comma, as in the training data (1.234,5)",
        NumberEncoding => "a number, and the column held numbers in training",
        DateEncoding { Order: DateOrder.YearMonthDay } => "a date such as 2024-05-31, as in the training data",
        DateEncoding { Order: DateOrder.MonthDayYear } => "a date such as 05/31/2024, as in the training data",
        _ => "a date such as 31.05.2024, as in the training data",
    };

    /// <param name="cell">A cell that cannot be used.</param>
    /// <param name="format">How numbers are written; null if none is expected.</param>
    /// <param name="expected">What is expected.</param>
    private static string WhyInvalid(ReadOnlySpan<byte> cell, NumberFormat? format, string expected) =>
        format is { } written && NumberText.TryParse(cell, written, out _)
            ? $"{RowLocation.Quote(cell)} is not finite, or beyond a float's range (3.4e38)"
            : $"{RowLocation.Quote(cell)} is not {expected}";

    /// <returns>False if a target is missing.</returns>
    private bool AddTargets(TableRow row, List<int> labels, List<double> values) =>
        encoding.ClassNames is { } names ? AddClass(row, names, labels) : AddValues(row, values);

    private bool AddClass(TableRow row, IReadOnlyList<string> names, List<int> labels)
    {
        var cell = row[targets[0]];
        int label = encoding.ClassOf(Encoding.UTF8.GetString(cell));
        // A word such as "none" can be a class; if it is none, it is a missing value.
        if (label < 0 && !markers.ContainAmongNumbers(cell))
        {
            throw row.Location.Error(
                table.Columns[targets[0]],
                $"the training data had no class {RowLocation.Quote(cell)}; it had {RowLocation.List(names.ToArray())}",
                "Use a known class, leave out the row, or train again with it.");
        }
        if (label >= 0)
            labels.Add(label);
        return label >= 0;
    }

    private bool AddValues(TableRow row, List<double> values)
    {
        int start = values.Count;
        foreach (int target in targets)
        {
            var format = row.IsTyped(target) ? NumberFormat.Plain : encoding.TargetFormat;
            var state = NumberText.Read(row[target], format, markers, out double value);
            if (state == CellState.Invalid && encoding.InvalidCells == InvalidCellHandling.Error)
            {
                throw row.Location.Error(
                    table.Columns[target], WhyInvalid(row[target], format, "a number"),
                    "Correct the cell, or leave it empty: rows without a target are left out.");
            }
            if (state != CellState.Value)
            {
                values.RemoveRange(start, values.Count - start);
                return false;
            }
            values.Add(value);
        }
        return true;
    }

    private float WeightOf(TableRow row)
    {
        var cell = row[weightColumn];
        var format = row.IsTyped(weightColumn) ? NumberFormat.Plain : weightFormat;
        return NumberText.TryParse(cell, format, out double weight) && weight is >= 0 and <= float.MaxValue
            ? (float)weight
            : throw row.Location.Error(
                table.Columns[weightColumn], $"the weight {RowLocation.Quote(cell)} is not a number of at least 0", "Correct the cell.");
    }

    private IEnumerable<string> InputNotices() => reports.SelectMany(report => report.Notices());

    private IEnumerable<string> TargetNotices() => withoutTarget == 0
        ? []
        : [$"{(withoutTarget == 1 ? "1 row has" : $"{withoutTarget} rows have")} no {string.Join(" or ", encoding.TargetColumns)}, and "
            + $"{(withoutTarget == 1 ? "is" : "are")} left out."];
}
