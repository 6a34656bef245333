using System.Security.Cryptography;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The unscaled inputs of a data set: examples by features, one byte or one float each, in memory or on disk. They are scaled when a batch
/// is read.
/// </summary>
/// <remarks>
/// Safe for concurrent use, as long as no thread changes the wrapped array. Rows on disk are read when they are needed; if the file has
/// become shorter, or cannot be read, that throws an <see cref="InvalidInputException"/> or an <see cref="IOException"/>.
/// </remarks>
public sealed class FeatureTable
{
    private readonly IRows<byte>? bytes;
    private readonly IRows<float>? floats;
    private readonly double[] origins; // [columns], or empty if all are 0
    private readonly bool[] indicators; // [columns], or empty if none is one

    private FeatureTable(IRows<byte>? bytes, IRows<float>? floats, int columns, double[]? origins = null, bool[]? indicators = null)
    {
        this.bytes = bytes;
        this.floats = floats;
        this.origins = origins ?? [];
        this.indicators = indicators ?? [];
        Rows = bytes?.Count ?? floats!.Count;
        Columns = columns;
    }

    /// <summary>Wraps bytes, such as pixels, without copying them.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not rows x columns.</exception>
    public static FeatureTable FromBytes(byte[] values, int rows, int columns) => new(Wrap(values, rows, columns), null, columns);

    /// <summary>Wraps floats without copying them.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not rows x columns.</exception>
    public static FeatureTable FromFloats(float[] values, int rows, int columns) => new(null, Wrap(values, rows, columns), columns);

    /// <summary>Wraps floats without copying them, some of which are indicators.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <param name="indicators">[columns]: which features are indicators (see <see cref="Indicators"/>); empty for none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static FeatureTable FromFloats(float[] values, int rows, int columns, ReadOnlySpan<bool> indicators) =>
        indicators.Length == 0 || indicators.Length == columns
            ? new(null, Wrap(values, rows, columns), columns, null, indicators.Contains(true) ? indicators.ToArray() : null)
            : throw new ArgumentException($"{indicators.Length} features are described, and there are {columns}.", nameof(indicators));

    /// <summary>
    /// Rounds doubles to floats. A column whose values differ little beside their magnitude, such as times in seconds since 1970, would
    /// lose the differences: its values are stored as distances from the first one (<see cref="Origins"/>).
    /// </summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Features of an example, at least 1.</param>
    /// <exception cref="ArgumentException">The number of values is not rows * columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 column.</exception>
    /// <remarks>Values beyond the range of a float become infinite.</remarks>
    public static FeatureTable FromDoubles(ReadOnlySpan<double> values, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        double[] origins = ColumnOrigins.Find(values, columns);
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)(values[i] - origins[i % columns]);
        return new FeatureTable(null, Wrap(floats, rows, columns), columns, WithoutZeros(origins));
    }

    /// <summary>Uses rows of bytes that are not in memory.</summary>
    internal static FeatureTable FromRows(IRows<byte> rows, int columns) => new(rows, null, columns);

    /// <summary>Uses rows of floats that are not in memory.</summary>
    /// <param name="rows">The rows; all values are finite.</param>
    /// <param name="columns">Number of features.</param>
    /// <param name="origins">What has been subtracted from each column, [columns]; null for nothing.</param>
    internal static FeatureTable FromFiniteRows(IRows<float> rows, int columns, double[]? origins = null) =>
        new(null, rows, columns, WithoutZeros(origins ?? [])) { AreKnownToBeFinite = true };

    /// <summary>Uses rows of floats that are not in memory, some of which are indicators.</summary>
    /// <param name="rows">The rows; values need not be finite.</param>
    /// <param name="columns">Number of features.</param>
    /// <param name="indicators">[columns]: which features are indicators.</param>
    internal static FeatureTable FromRows(IRows<float> rows, int columns, bool[] indicators) =>
        new(null, rows, columns, null, indicators.Contains(true) ? indicators : null);

    /// <summary>Number of examples.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Columns { get; }

    /// <summary>Whether the values are bytes (0 to 255), which unit scaling divides by 255.</summary>
    public bool IsBytes => bytes is not null;

    /// <summary>Whether all rows are in memory; if not, they are read from disk.</summary>
    public bool IsInMemory => (bytes?.Array ?? (Array?)floats?.Array) is not null;

    /// <summary>All values as bytes, [rows, columns]; empty if they are floats.</summary>
    /// <exception cref="InvalidOperationException">They are on disk (<see cref="IsInMemory"/>): use <see cref="ByteRow"/>.</exception>
    public ReadOnlySpan<byte> Bytes => bytes is null ? [] : bytes.Array ?? throw OnDisk(nameof(ByteRow));

    /// <summary>All values as floats, [rows, columns], less the <see cref="Origins"/> of their columns; empty if they are bytes.</summary>
    /// <exception cref="InvalidOperationException">They are on disk (<see cref="IsInMemory"/>): use <see cref="FloatRow"/>.</exception>
    public ReadOnlySpan<float> Floats => floats is null ? [] : floats.Array ?? throw OnDisk(nameof(FloatRow));

    /// <summary>What has been subtracted from each column, [columns]; empty if it is 0 for all.</summary>
    public ReadOnlySpan<double> Origins => origins;

    /// <summary>
    /// Which features are indicators: -1, 0 or 1 for a category or for a missing value. Scalings per feature leave them unchanged.
    /// [columns]; empty if there is none.
    /// </summary>
    public ReadOnlySpan<bool> Indicators => indicators;

    /// <summary>Whether a feature is an indicator.</summary>
    internal bool IsIndicator(int column) => indicators.Length > 0 && indicators[column];

    /// <summary>A quantile of a column, interpolated between neighbouring values as NumPy does by default. NaN is left out.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="probability">From 0 (the least value) to 1 (the greatest); 0.5 for the median.</param>
    /// <returns>Without the origin of the column; NaN if there is no value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or the probability is not from 0 to 1.</exception>
    public double Quantile(int column, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");
        return Quantiles.Of(this.CollectColumns([column])[0], [probability])[0];
    }

    /// <summary>Goes through all rows of bytes in order, in blocks.</summary>
    internal void ForEachBlock(RowAction<byte> action) => bytes?.ForEachBlock(Columns, action);

    /// <summary>Goes through all rows of floats in order, in blocks.</summary>
    internal void ForEachBlock(RowAction<float> action) => floats?.ForEachBlock(Columns, action);

    /// <summary>Goes through all rows of floats in order, in blocks, with their origins added.</summary>
    internal void ForEachAbsoluteBlock(RowAction<float> action)
    {
        float[] values = []; // as long as the longest block, which is the first
        ForEachBlock(origins.Length == 0 ? action : (start, block) =>
        {
            if (values.Length == 0)
                values = new float[block.Length];
            for (int i = 0; i < block.Length; i++)
                values[i] = (float)(block[i] + origins[i % Columns]);
            action(start, values.AsSpan(0, block.Length));
        });
    }

    /// <summary>One row of bytes, [columns]: a part of the array, or a copy if the table is on disk.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The values are floats.</exception>
    public ReadOnlySpan<byte> ByteRow(int row) => Row(bytes ?? throw new InvalidOperationException("The values are floats."), row);

    /// <summary>
    /// One row of floats, [columns], less the <see cref="Origins"/>: a part of the array, or a copy if the table is on disk.
    /// </summary>
    /// <param name="row">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The values are bytes.</exception>
    public ReadOnlySpan<float> FloatRow(int row) => Row(floats ?? throw new InvalidOperationException("The values are bytes."), row);

    /// <summary>Reads rows into a table in memory.</summary>
    /// <param name="rows">Row numbers, each from 0 to <see cref="Rows"/> - 1.</param>
    /// <param name="table">A table with these columns; its first rows are replaced.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    internal void Gather(ReadOnlySpan<int> rows, FeatureTable table)
    {
        Require(rows);
        bytes?.Gather(rows, table.bytes!.Array.AsSpan(0, rows.Length * Columns));
        floats?.Gather(rows, table.floats!.Array.AsSpan(0, rows.Length * Columns));
    }

    /// <summary>Whether rows of another table mean the same here: as many columns, with the same origins and indicators.</summary>
    internal bool HasColumnsOf(FeatureTable other) => Columns == other.Columns && IsBytes == other.IsBytes
        && Origins.SequenceEqual(other.Origins) && Indicators.SequenceEqual(other.Indicators);

    /// <summary>A table in memory for some rows of this one, with the same kind of values; its values are 0.</summary>
    internal FeatureTable CreateBuffer(int rows)
    {
        const string What = "the rows of a batch";
        return IsBytes
            ? FromRows(new ArrayRows<byte>(new byte[BufferSize.Elements(What, sizeof(byte), rows, Columns)], Columns), Columns)
            : new(
                null, new ArrayRows<float>(new float[BufferSize.Elements(What, sizeof(float), rows, Columns)], Columns), Columns, origins,
                indicators);
    }

    /// <summary>
    /// The given rows, in this order, as a new table: a copy; of a table on disk, a view, which reads from the same file.
    /// </summary>
    /// <param name="rows">Row numbers, each from 0 to <see cref="Rows"/> - 1; repetition is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public FeatureTable Select(ReadOnlySpan<int> rows) => Choose(rows.ToArray());

    /// <summary>Does what <see cref="Select"/> does, and may keep the numbers of the rows: the caller must not change them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    internal FeatureTable Choose(int[] rows)
    {
        Require(rows);
        return new(bytes?.Select(rows), floats?.Select(rows), Columns, origins, indicators) { AreKnownToBeFinite = AreKnownToBeFinite };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Rows} x {Columns} {(IsBytes ? "bytes" : "floats")}{(IsInMemory ? "" : " on disk")}";

    /// <summary>Whether it was checked that all values are finite.</summary>
    internal bool AreKnownToBeFinite { get; private init; }

    /// <summary>Appends all values, for a fingerprint.</summary>
    internal void AppendTo(IncrementalHash hash)
    {
        ForEachBlock((int _, ReadOnlySpan<byte> block) => hash.Append(block));
        ForEachBlock((int _, ReadOnlySpan<float> block) => hash.Append(block));
        hash.Append(Origins);
    }

    private void Require(ReadOnlySpan<int> rows)
    {
        int wrong = rows.IndexOfAnyExceptInRange(0, Rows - 1);
        if (wrong >= 0)
            throw new ArgumentOutOfRangeException(nameof(rows), rows[wrong], $"There are {Rows} rows.");
    }

    private static ArrayRows<T> Wrap<T>(T[] values, int rows, int columns)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return values.Length == (long)rows * columns
            ? new ArrayRows<T>(values, columns)
            : throw new ArgumentException($"{rows} x {columns} features need {(long)rows * columns} values, not {values.Length}.");
    }

    private static double[] WithoutZeros(double[] origins) => Array.TrueForAll(origins, origin => origin == 0) ? [] : origins;

    private static InvalidOperationException OnDisk(string instead) =>
        new($"The rows of this table are on disk, and are not in memory all at once: read them one by one ({instead}).");

    private ReadOnlySpan<T> Row<T>(IRows<T> rows, int row)
        where T : unmanaged
    {
        if ((uint)row >= (uint)Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {Rows} rows.");
        if (rows.Array is { } all)
            return all.AsSpan(row * Columns, Columns); // an existing row starts within the array, so the product cannot overflow
        var copy = new T[Columns];
        rows.Read(row, copy);
        return copy;
    }
}
