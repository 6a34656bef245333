using CsvHelper;

namespace Nabla.Tables;

/// <summary>Decides, from a whole file, how its columns become features and classes.</summary>
internal static class EncodingFitter
{
    /// <summary>A column with more different texts than this holds names or mistyped numbers, not categories.</summary>
    internal const int MostCategories = 10_000;

    /// <exception cref="InvalidInputException">
    /// There is no such target, it holds measurements or only one class, or a column has too many categories.
    /// </exception>
    public static TableEncoding Fit(CsvTable table, string targetColumn)
    {
        int target = table.Source.IndexOf(targetColumn);
        if (table.Columns.Count == 1)
        {
            throw new CsvPlace(table.Name, 1, 0).Error(
                $"{CsvPlace.Quote(targetColumn)} is the only column", "Give at least one column to learn from.");
        }
        var values = new SortedSet<string>?[table.Columns.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = table.Columns[i].IsNumeric ? null : new SortedSet<string>(StringComparer.Ordinal);
        var whole = new SortedSet<long>();
        foreach (CsvReader record in table.Source.Records())
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (CsvValue.IsMissing(record.GetSpan(i)))
                    continue; // The encoder reports it, as it does for later files.
                if (values[i] is { } texts)
                    Collect(texts, record.GetString(i), table.Columns[i], table.Source.PlaceOf(record), i == target);
                else if (i == target)
                    Collect(whole, record.GetSpan(i), targetColumn, table.Source.PlaceOf(record));
            }
        }
        string[] classes = values[target]?.ToArray() ?? [.. whole.Select(CsvValue.NameOf)];
        if (classes.Length == 1)
        {
            throw new CsvPlace(table.Name, 1, 0).Error(
                targetColumn, $"all rows have the same class {CsvPlace.Quote(classes[0])}", "Give examples of at least two classes.");
        }
        IEnumerable<int> inputs = Enumerable.Range(0, values.Length).Where(i => i != target);
        var columns = inputs.Select(i => new ColumnEncoding(table.Columns[i].Name, values[i]?.ToArray()));
        return new TableEncoding([.. columns], targetColumn, classes);
    }

    private static void Collect(SortedSet<string> texts, string value, CsvColumn column, CsvPlace place, bool isTarget)
    {
        texts.Add(value);
        if (texts.Count <= MostCategories)
            return;
        var (text, line) = column.FirstText!.Value;
        throw place.Error(
            column.Name, $"it has more than {MostCategories} different texts",
            isTarget
                ? "Check whether this is the column of the classes."
                : $"Leave the column out; or, if it should hold numbers, correct {CsvPlace.Quote(text)} in line {line}.");
    }

    private static void Collect(SortedSet<long> numbers, ReadOnlySpan<byte> field, string column, CsvPlace place)
    {
        const string remedy = "Name a column of classes as the target: texts or whole numbers. Regression is not supported yet.";
        if (!CsvValue.TryParseWhole(field, out long number))
            throw place.Error(column, $"{CsvPlace.Quote(field)} is a measurement, not a class", remedy);
        numbers.Add(number);
        if (numbers.Count > MostCategories)
            throw place.Error(column, $"it has more than {MostCategories} different numbers: these are measurements, not classes", remedy);
    }
}
