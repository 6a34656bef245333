using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Rows in a file, which are read when they are needed.</summary>
/// <param name="count">Number of rows.</param>
/// <param name="columns">Values of a row, at least 1.</param>
internal abstract class StoredRows<T>(int count, int columns) : IRows<T>
    where T : unmanaged
{
    public int Count => count;

    public T[]? Array => null;

    /// <summary>Values of a row.</summary>
    protected int Columns => columns;

    public abstract void Read(int start, Span<T> values);

    public void Gather(ReadOnlySpan<int> rows, Span<T> values)
    {
        while (!rows.IsEmpty)
        {
            int together = CountTogether(rows);
            int spread = rows[together - 1] - rows[0] + 1;
            if (spread == together)
                Read(rows[0], values[..(together * columns)]);
            else
                ReadAndPick(rows[..together], spread, values);
            rows = rows[together..];
            values = values[(together * columns)..];
        }
    }

    public IRows<T> Select(int[] rows) => new ChosenRows<T>(this, rows, columns);

    /// <summary>How many of the rows are read at once: they ascend, and at most as many lie between them.</summary>
    private int CountTogether(ReadOnlySpan<int> rows)
    {
        int most = Math.Max(1, RowBlocks.Length / columns);
        int together = 1;
        while (together < rows.Length && rows[together] > rows[together - 1]
            && rows[together] - rows[0] < Math.Min(most, 2 * (together + 1)))
            together++;
        return together;
    }

    private void ReadAndPick(ReadOnlySpan<int> rows, int spread, Span<T> values)
    {
        byte[] pooled = ArrayPool<byte>.Shared.Rent(spread * columns * Unsafe.SizeOf<T>());
        var all = MemoryMarshal.Cast<byte, T>(pooled.AsSpan())[..(spread * columns)];
        Read(rows[0], all);
        for (int i = 0; i < rows.Length; i++)
            all.Slice((rows[i] - rows[0]) * columns, columns).CopyTo(values[(i * columns)..]);
        ArrayPool<byte>.Shared.Return(pooled);
    }
}

/// <summary>Rows of bytes in a file.</summary>
/// <param name="array">The array in the file, of bytes: a row for each element of its first dimension.</param>
/// <param name="columns">Values of a row, at least 1.</param>
internal sealed class StoredBytes(StoredArray array, int columns) : StoredRows<byte>(array.Shape[0], columns)
{
    public override void Read(int start, Span<byte> values) => array.ReadBytes((long)start * Columns, values);
}

/// <summary>Rows of numbers in a file, which become floats.</summary>
/// <param name="array">The array in the file: a row for each element of its first dimension.</param>
/// <param name="columns">Values of a row, at least 1.</param>
/// <param name="origins">
/// What is subtracted from each column in double precision before rounding, [columns]; null if elements are rounded as they are.
/// </param>
internal sealed class StoredFloats(StoredArray array, int columns, double[]? origins = null)
    : StoredRows<float>(array.Shape[0], columns)
{
    private const int PartLength = 1 << 14; // numbers that are read at once

    public override void Read(int start, Span<float> values)
    {
        long first = (long)start * Columns;
        if (origins is null)
        {
            array.Read(first, values);
            return;
        }
        double[] part = ArrayPool<double>.Shared.Rent(Math.Min(PartLength, values.Length));
        for (int done = 0; done < values.Length; done += PartLength)
        {
            var some = part.AsSpan(0, Math.Min(PartLength, values.Length - done));
            array.Read(first + done, some);
            for (int i = 0; i < some.Length; i++)
                values[done + i] = (float)(some[i] - origins[(done + i) % Columns]);
        }
        ArrayPool<double>.Shared.Return(part);
    }
}
