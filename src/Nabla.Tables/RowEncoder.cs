using System.Globalization;
using CsvHelper;

namespace Nabla.Tables;

/// <summary>Writes the rows of a file into a table of features, with a given encoding.</summary>
internal sealed class RowEncoder
{
    /// <summary>2 GiB of floats.</summary>
    private const long MaxValues = 1L << 29;

    private readonly CsvSource source;
    private readonly TableEncoding encoding;
    private readonly int[] positions;
    private readonly Dictionary<string, int>?[] categories;
    private readonly int[] targets;
    private readonly Dictionary<string, int> classes;
    private readonly bool classesAreWhole;

    /// <param name="source">The file.</param>
    /// <param name="encoding">How its columns become features.</param>
    /// <param name="targetColumns">The columns of the targets, as many as the encoding has; none to ignore them.</param>
    /// <exception cref="InvalidInputException">A column is missing.</exception>
    public RowEncoder(CsvSource source, TableEncoding encoding, IReadOnlyList<string> targetColumns)
    {
        this.source = source;
        this.encoding = encoding;
        positions = [.. encoding.Columns.Select(column => source.IndexOf(column.Name))];
        categories = [.. encoding.Columns.Select(column => column.Categories is null ? null : Numbered(column.Categories))];
        targets = [.. targetColumns.Select(source.IndexOf)];
        classes = Numbered(encoding.ClassNames ?? []);
        classesAreWhole = classes.Keys.All(CsvValue.IsWhole);
    }

    /// <returns>[rows, features], and the targets; null if they are ignored.</returns>
    /// <exception cref="InvalidInputException">A value is missing, not finite, or unknown.</exception>
    public (FeatureTable Inputs, Targets? Targets) Encode(int rows)
    {
        int features = encoding.FeatureNames.Count;
        if ((long)rows * features > MaxValues)
        {
            throw new CsvLocation(source.Name, 1, 0).Error(
                $"{rows} rows of {features} features are more than {MaxValues} values",
                "Leave out the columns with the most different texts, or use fewer rows.");
        }
        var values = new float[rows * features];
        var labels = new int[encoding.ClassNames is null ? 0 : rows];
        var numbers = new double[encoding.ClassNames is null ? rows * targets.Length : 0]; // [rows, targets]
        int row = 0;
        foreach (CsvReader record in source.Records())
        {
            EncodeRow(record, values.AsSpan(row * features, features));
            for (int i = 0; i < targets.Length; i++)
            {
                if (encoding.ClassNames is null)
                    numbers[row * targets.Length + i] = ValueOf(record, targets[i]);
                else
                    labels[row] = ClassOf(record, targets[i]);
            }
            row++;
        }
        return (FeatureTable.FromFloats(values, rows, features), targets.Length == 0 ? null : TargetsOf(labels, numbers));
    }

    private Targets TargetsOf(int[] labels, double[] numbers) => encoding.ClassNames is { } names
        ? new ClassTargets(labels, names)
        : new ValueTargets(numbers, encoding.TargetColumns);

    /// <param name="record">One row.</param>
    /// <param name="destination">[features], all zero.</param>
    private void EncodeRow(CsvReader record, Span<float> destination)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            ColumnEncoding column = encoding.Columns[i];
            ReadOnlySpan<byte> field = Present(record, positions[i], column.Name);
            if (categories[i] is not { } known)
                destination[0] = Number(record, field, column.Name);
            else if (known.TryGetValue(record.GetString(positions[i]), out int category))
                destination[category] = 1;
            else
                throw Unknown(record, field, column.Name, "category", column.Categories!);
            destination = destination[column.Width..];
        }
    }

    private double ValueOf(CsvReader record, int target)
    {
        string column = source.Header[target];
        ReadOnlySpan<byte> field = Present(record, target, column);
        // What a float cannot hold is refused as it is in inputs; within that range, no digit of a double is lost.
        _ = Number(record, field, column);
        return double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private int ClassOf(CsvReader record, int target)
    {
        ReadOnlySpan<byte> field = Present(record, target, source.Header[target]);
        string name = classesAreWhole && CsvValue.TryParseWhole(field, out long whole) ? CsvValue.NameOf(whole) : record.GetString(target);
        return classes.TryGetValue(name, out int label)
            ? label
            : throw Unknown(record, field, source.Header[target], "class", encoding.ClassNames!);
    }

    private ReadOnlySpan<byte> Present(CsvReader record, int position, string column)
    {
        ReadOnlySpan<byte> field = record.GetSpan(position);
        return !CsvValue.IsMissing(field) ? field : throw source.LocationOf(record).Error(
            column, $"the value is missing ({(field.IsEmpty ? "empty" : CsvLocation.Quote(field))})",
            "Fill it in, or leave out the row or the column.");
    }

    private float Number(CsvReader record, ReadOnlySpan<byte> field, string column)
    {
        if (!CsvValue.TryParse(field, out float value))
        {
            throw source.LocationOf(record).Error(
                column, $"{CsvLocation.Quote(field)} is not a number, and the column held numbers in training",
                "Write numbers as 1.5 or -2e-3.");
        }
        return float.IsFinite(value) ? value : throw source.LocationOf(record).Error(
            column, $"{CsvLocation.Quote(field)} is not a finite number within a float's range (3.4e38)",
            "Put a number in its place, or leave out the row.");
    }

    private InvalidInputException Unknown(
        CsvReader record, ReadOnlySpan<byte> field, string column, string what, IReadOnlyList<string> known) =>
        source.LocationOf(record).Error(
            column, $"the training data had no {what} {CsvLocation.Quote(field)}; it had {CsvLocation.List(known)}",
            $"Use a known {what}, leave out the row, or train again with it.");

    private static Dictionary<string, int> Numbered(IReadOnlyList<string> names) =>
        names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
}
