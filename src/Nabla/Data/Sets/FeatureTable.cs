using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The unscaled inputs of a data set: examples by features, one byte or one float each. They are scaled when a batch is read.
/// </summary>
/// <remarks>Safe for concurrent use, as long as no thread changes the wrapped array.</remarks>
public sealed class FeatureTable
{
    private readonly byte[]? bytes;
    private readonly float[]? floats;
    private readonly double[] origins; // [columns], or empty if all are 0
    private readonly bool[] indicators; // [columns], or empty if none is one

    private FeatureTable(
        byte[]? bytes, float[]? floats, int rows, int columns, double[]? origins = null, bool[]? indicators = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int length = bytes?.Length ?? floats!.Length;
        if (length != (long)rows * columns)
            throw new ArgumentException($"{rows} x {columns} features need {(long)rows * columns} values, not {length}.");
        this.bytes = bytes;
        this.floats = floats;
        this.origins = origins ?? [];
        this.indicators = indicators ?? [];
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Wraps bytes, such as pixels, without copying them.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not rows x columns.</exception>
    public static FeatureTable FromBytes(byte[] values, int rows, int columns) => new(values, null, rows, columns);

    /// <summary>Wraps floats without copying them.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not rows x columns.</exception>
    public static FeatureTable FromFloats(float[] values, int rows, int columns) => new(null, values, rows, columns);

    /// <summary>Wraps floats without copying them, some of which are indicators.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="columns">Number of features, at least 1.</param>
    /// <param name="indicators">[columns]: which features are indicators (see <see cref="Indicators"/>); empty for none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static FeatureTable FromFloats(float[] values, int rows, int columns, ReadOnlySpan<bool> indicators) =>
        indicators.Length == 0 || indicators.Length == columns
            ? new(null, values, rows, columns, null, indicators.Contains(true) ? indicators.ToArray() : null)
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
        return new FeatureTable(null, floats, rows, columns, Array.TrueForAll(origins, origin => origin == 0) ? [] : origins);
    }

    /// <summary>Number of examples.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Columns { get; }

    /// <summary>Whether the values are bytes (0 to 255), which unit scaling divides by 255.</summary>
    public bool IsBytes => bytes is not null;

    /// <summary>All values as bytes, [rows, columns]; empty if they are floats.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>All values as floats, [rows, columns], less the <see cref="Origins"/> of their columns; empty if they are bytes.</summary>
    public ReadOnlySpan<float> Floats => floats;

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
        return Quantiles.Of(Values(column), [probability])[0];
    }

    /// <summary>A column's values in any order, without NaN.</summary>
    internal Span<float> Values(int column)
    {
        var values = new float[Rows];
        int count = 0;
        for (int row = 0; row < Rows; row++)
        {
            int at = row * Columns + column;
            float value = IsBytes ? bytes![at] : floats![at];
            if (!float.IsNaN(value))
                values[count++] = value;
        }
        return values.AsSpan(0, count);
    }

    /// <summary>All values as floats with their origins added, [rows, columns].</summary>
    internal ReadOnlySpan<float> Absolute()
    {
        if (origins.Length == 0)
            return floats;
        var values = new float[floats!.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(floats[i] + origins[i % Columns]);
        return values;
    }

    /// <summary>One row of bytes, [columns].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    internal ReadOnlySpan<byte> ByteRow(int row) => bytes.AsSpan(Start(row), Columns);

    /// <summary>One row of floats, [columns].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    internal ReadOnlySpan<float> FloatRow(int row) => floats.AsSpan(Start(row), Columns);

    /// <summary>Copies the given rows, in this order, into a new table.</summary>
    /// <param name="rows">Row numbers, each from 0 to <see cref="Rows"/> - 1; repetition is allowed.</param>
    public FeatureTable Select(ReadOnlySpan<int> rows) => IsBytes
        ? FromBytes(Gather(bytes!, rows, Columns), rows.Length, Columns)
        : new FeatureTable(null, Gather(floats!, rows, Columns), rows.Length, Columns, origins, indicators);

    /// <inheritdoc/>
    public override string ToString() => $"{Rows} x {Columns} {(IsBytes ? "bytes" : "floats")}";

    /// <summary>Appends all values, for a fingerprint.</summary>
    internal void AppendTo(IncrementalHash hash)
    {
        hash.Append(Bytes);
        hash.Append(Floats);
        hash.Append(Origins);
    }

    // An existing row starts within the array, so the product cannot overflow.
    private int Start(int row) =>
        (uint)row < (uint)Rows ? row * Columns : throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {Rows} rows.");

    private static T[] Gather<T>(T[] source, ReadOnlySpan<int> rows, int columns)
        where T : unmanaged
    {
        var gathered = new T[BufferSize.Elements("a selection of rows", Unsafe.SizeOf<T>(), rows.Length, columns)];
        for (int i = 0; i < rows.Length; i++)
            Array.Copy(source, (long)rows[i] * columns, gathered, (long)i * columns, columns);
        return gathered;
    }
}
