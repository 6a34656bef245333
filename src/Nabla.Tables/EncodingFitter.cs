using CsvHelper;

namespace Nabla.Tables;

/// <summary>Decides, from a whole file, how its columns become features and targets.</summary>
internal sealed class EncodingFitter
{
    /// <summary>A column with more different texts than this holds names or mistyped numbers, not categories.</summary>
    internal const int MaxCategories = 10_000;

    private readonly CsvTable table;
    private readonly int[] targets;               // positions of the target columns
    private readonly SortedSet<string>?[] texts;  // of each column of texts
    private readonly SortedSet<long> whole = [];  // of the only target, if it is a column of numbers
    private (string Text, CsvLocation Place)? measurement; // the first number of it that cannot name a class

    private EncodingFitter(CsvTable table, IReadOnlyList<string> targetColumns)
    {
        this.table = table;
        targets = [.. targetColumns.Select(table.Source.IndexOf)];
        if (targets.Distinct().Count() < targets.Length)
            throw Error($"the target {CsvLocation.Quote(targetColumns[0])} is named twice", "Name each target once.");
        if (table.Columns.Count == targets.Length)
        {
            throw Error(
                targets.Length == 1 ? $"{CsvLocation.Quote(targetColumns[0])} is the only column" : "all columns are targets",
                "Give at least one column to learn from.");
        }
        texts = [.. table.Columns.Select(column => column.IsNumeric ? null : new SortedSet<string>(StringComparer.Ordinal))];
    }

    /// <summary>Fits an encoding.</summary>
    /// <param name="table">The training data.</param>
    /// <param name="targetColumns">The columns to predict, at least one.</param>
    /// <param name="kind">What they hold.</param>
    /// <exception cref="InvalidInputException">
    /// There is no such target, it does not hold what it should, or a column has too many categories.
    /// </exception>
    public static TableEncoding Fit(CsvTable table, IReadOnlyList<string> targetColumns, TargetKind kind)
    {
        var fitter = new EncodingFitter(table, targetColumns);
        foreach (CsvReader record in table.Source.Records())
            fitter.Collect(record);
        IEnumerable<int> inputs = Enumerable.Range(0, table.Columns.Count).Except(fitter.targets);
        var columns = inputs.Select(i => new ColumnEncoding(table.Columns[i].Name, fitter.texts[i]?.ToArray()));
        return new TableEncoding([.. columns], targetColumns, fitter.HoldClasses(kind) ? fitter.Classes() : fitter.Values());
    }

    private void Collect(CsvReader record)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            if (CsvValue.IsMissing(record.GetSpan(i)))
                continue; // The encoder reports it, as it does for later files.
            if (texts[i] is { } known)
                Collect(known, record.GetString(i), table.Columns[i], table.Source.LocationOf(record), targets.Contains(i));
            else if (targets.Length == 1 && i == targets[0])
                CollectNumber(record.GetSpan(i), table.Source.LocationOf(record));
        }
    }

    private static void Collect(SortedSet<string> texts, string value, CsvColumn column, CsvLocation location, bool isTarget)
    {
        texts.Add(value);
        if (texts.Count <= MaxCategories)
            return;
        var (text, line) = column.FirstText!.Value;
        throw location.Error(
            column.Name, $"it has more than {MaxCategories} different texts",
            isTarget
                ? "Check whether this is the column of the classes."
                : $"Leave the column out; or, if it should hold numbers, correct {CsvLocation.Quote(text)} in line {line}.");
    }

    private void CollectNumber(ReadOnlySpan<byte> field, CsvLocation location)
    {
        if (measurement is not null || whole.Count > MaxCategories)
            return;
        if (CsvValue.TryParseWhole(field, out long number))
            whole.Add(number);
        else
            measurement = (CsvLocation.Quote(field), location);
    }

    private bool HoldClasses(TargetKind kind) => kind == TargetKind.Classes || (kind == TargetKind.Automatic && targets.Length == 1
        && (texts[targets[0]] is not null || (measurement is null && whole.Count <= CsvDataset.MaxWholeClasses)));

    private string[] Classes()
    {
        if (targets.Length > 1)
            throw Error($"{targets.Length} targets are named, and classes stand in one column", "Name one target.");
        var column = table.Columns[targets[0]];
        const string remedy = "Name a column of classes as the target, texts or whole numbers; or predict values (regression).";
        if (measurement is var (text, location))
            throw location.Error(column.Name, $"{text} is a measurement, not a class", remedy);
        if (whole.Count > MaxCategories)
            throw Error(column.Name, $"it has more than {MaxCategories} different numbers: these are measurements, not classes", remedy);
        string[] classes = texts[targets[0]]?.ToArray() ?? [.. whole.Select(CsvValue.NameOf)];
        return classes.Length != 1
            ? classes
            : throw Error(
                column.Name, $"all rows have the same class {CsvLocation.Quote(classes[0])}", "Give examples of at least two classes.");
    }

    private string[]? Values()
    {
        foreach (var column in targets.Select(target => table.Columns[target]))
        {
            if (column.FirstText is var (text, line))
            {
                throw Error(
                    column.Name, $"{CsvLocation.Quote(text)} in line {line} is not a number, and a value to predict must be one",
                    "Correct it, or name a column of numbers.");
            }
        }
        return null;
    }

    private InvalidInputException Error(string why, string remedy) => new CsvLocation(table.Name, 1, 0).Error(why, remedy);

    private InvalidInputException Error(string column, string why, string remedy) =>
        new CsvLocation(table.Name, 1, 0).Error(column, why, remedy);
}
