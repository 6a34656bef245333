namespace Nabla.Tables;

/// <summary>The features of a table, as its rows are read one by one.</summary>
/// <param name="encoding">How the columns become features.</param>
/// <param name="source">The table.</param>
/// <param name="capacity">The number of rows in the table.</param>
internal sealed class FeatureRows(TableEncoding encoding, TableSource source, int capacity)
{
    /// <summary>2 GiB of floats.</summary>
    private const long MaxValues = 1L << 29;

    /// <summary>Features of a column, on average, up to which only memory limits the rows: a plan makes no more of any column.</summary>
    private const int UsualWidth = 256;

    /// <summary>64 MiB of floats: with wider columns, as a foreign model may have them, a short text would take gigabytes.</summary>
    private const long MaxUnusualValues = 1L << 24;

    private readonly int width = encoding.FeatureNames.Count;
    private float[] values = new float[LengthOf(capacity, encoding.FeatureNames.Count, source)];
    private int rows;

    /// <summary>The features of one more row, all zero.</summary>
    /// <exception cref="InvalidInputException">There are more rows than when they were counted.</exception>
    public Span<float> Add() => rows < capacity ? values.AsSpan(width * rows++, width) : throw source.Header.Error(
        $"it had {capacity} rows when it was read first, and has more now", "Wait until it is written, and try again.");

    /// <summary>Puts the median of the other numbers of a column in the place of each missing one, which is NaN.</summary>
    /// <returns>The encoding with the medians.</returns>
    public TableEncoding FillMissing()
    {
        var table = ToTable();
        int[] starts = new int[encoding.Columns.Count];
        for (int i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + encoding.Columns[i - 1].Width;
        var columns = new ColumnEncoding[starts.Length];
        Parallel.For(0, starts.Length, i =>
        {
            var fill = new float[encoding.Columns[i].Numbers];
            for (int number = 0; number < fill.Length; number++)
            {
                fill[number] = (float)table.Quantile(starts[i] + number, 0.5);
                Fill(starts[i] + number, fill[number]);
            }
            columns[i] = encoding.Columns[i].WithFill(fill);
        });
        return encoding.With(columns);
    }

    /// <summary>All rows: [rows, features].</summary>
    public FeatureTable ToTable()
    {
        if (values.Length != rows * width)
            Array.Resize(ref values, rows * width);
        return FeatureTable.FromFloats(values, rows, width, Indicators());
    }

    private static int LengthOf(long rows, int width, TableSource source)
    {
        long most = width <= (long)UsualWidth * source.Columns.Count ? MaxValues : MaxUnusualValues;
        if (rows * width > most)
            throw source.Header.Error(
                $"{rows} rows of {width} features are more than {most} values",
                "Leave out columns with many categories, or use fewer rows.");
        return ReadLimit.WhyNot(rows * width * sizeof(float)) is { } why
            ? throw source.Header.Error($"as {rows} rows of {width} features, {why}", ReadLimit.Raise)
            : (int)(rows * width);
    }

    private void Fill(int feature, float fill)
    {
        for (int i = feature; i < rows * width; i += width)
        {
            if (float.IsNaN(values[i]))
                values[i] = fill;
        }
    }

    private bool[] Indicators() => [.. encoding.Columns.SelectMany(
        column => Enumerable.Range(0, column.Width).Select(feature => feature >= column.Numbers))];
}
