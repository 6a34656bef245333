namespace Nabla.Tables;

/// <summary>The features of a table, as its rows are read one by one. Disposing gives them up, unless they have become a table.</summary>
internal abstract class FeatureRows : IDisposable
{
    /// <summary>Features of a column, on average, up to which only the room limits the rows: a plan makes no more of any column.</summary>
    private const int UsualWidth = 256;

    /// <summary>64 MiB of floats: with wider columns, as a foreign model may have them, a short text would take gigabytes.</summary>
    private const long MaxUnusualValues = 1L << 24;

    private readonly TableEncoding encoding;

    /// <param name="encoding">How the columns become features.</param>
    /// <param name="source">The table.</param>
    /// <param name="capacity">The number of rows in the table.</param>
    /// <exception cref="InvalidInputException">There are too many values for columns of an unusual width.</exception>
    protected FeatureRows(TableEncoding encoding, TableSource source, int capacity)
    {
        this.encoding = encoding;
        Width = encoding.FeatureNames.Count;
        if (Width > (long)UsualWidth * source.Columns.Count)
            RequireRoom(source, capacity, MaxUnusualValues, "Leave out columns with many categories, or use fewer rows.");
    }

    /// <summary>Features of a row.</summary>
    protected int Width { get; }

    /// <summary>Rows that have been added.</summary>
    protected int Count { get; private set; }

    /// <summary>[features]: which are indicators.</summary>
    protected bool[] Indicators => [.. encoding.Columns.SelectMany(
        column => Enumerable.Range(0, column.Width).Select(feature => feature >= column.Numbers))];

    /// <summary>No rows yet.</summary>
    /// <param name="encoding">How the columns become features.</param>
    /// <param name="source">The table.</param>
    /// <param name="capacity">The number of rows in the table.</param>
    /// <param name="onDisk">Whether the features are kept in a temporary file.</param>
    /// <exception cref="InvalidInputException">There is no room for so many rows.</exception>
    public static FeatureRows Create(TableEncoding encoding, TableSource source, int capacity, bool onDisk) =>
        onDisk ? new StoredFeatureRows(encoding, source, capacity) : new ArrayFeatureRows(encoding, source, capacity);

    /// <summary>The features of one more row, all zero. They may be written until the next row is added.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public Span<float> Add()
    {
        Count++;
        return Next();
    }

    /// <summary>Puts the median of the other numbers of a column in the place of each missing one, which is NaN.</summary>
    /// <returns>The encoding with the medians.</returns>
    public TableEncoding FillMissing()
    {
        var medians = new float[Width];
        ToTable().ForEachNumberColumn((column, values) => medians[column] = (float)Quantiles.Of(values, [0.5])[0]);
        Fill(medians);
        var columns = new List<ColumnEncoding>();
        int start = 0;
        foreach (var column in encoding.Columns)
        {
            columns.Add(column.WithFill(medians.AsSpan(start, column.Numbers)));
            start += column.Width;
        }
        return encoding.With(columns);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>All rows: [rows, features]. None can be added afterwards.</summary>
    public abstract FeatureTable ToTable();

    /// <summary>Requires that there is room for all rows.</summary>
    /// <param name="source">The table.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="most">The most values that there is room for.</param>
    /// <param name="remedy">What to do if there are more.</param>
    /// <exception cref="InvalidInputException">There are more.</exception>
    protected void RequireRoom(TableSource source, int rows, long most, string remedy)
    {
        if ((long)rows * Width > most)
            throw source.Header.Error($"{rows} rows of {Width} features are more than {most} values", remedy);
    }

    /// <summary>Room for one more row, all zero.</summary>
    protected abstract Span<float> Next();

    /// <summary>Replaces each NaN in the rows.</summary>
    /// <param name="fills">What takes its place, for each feature.</param>
    protected abstract void Fill(float[] fills);
}
