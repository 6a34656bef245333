using System.Buffers;
using System.Numerics;

namespace Nabla;

/// <summary>Rows in a file, which are read when they are needed.</summary>
/// <param name="array">The array in the file: a row for each element of its first dimension.</param>
/// <param name="columns">Values of a row, at least 1.</param>
/// <param name="origins">
/// What is subtracted from each column in double precision before rounding, [columns]; null if elements are rounded as they are.
/// </param>
internal sealed class StoredRows<T>(StoredArray array, int columns, double[]? origins = null) : IRows<T>
    where T : unmanaged, INumberBase<T>
{
    public int Count => array.Shape[0];

    public T[]? Array => null;

    public void Read(int start, Span<T> values)
    {
        long first = (long)start * columns;
        if (origins is null)
        {
            array.Read(first, values);
            return;
        }
        double[] row = ArrayPool<double>.Shared.Rent(columns);
        for (int done = 0; done < values.Length; done += columns)
        {
            array.Read(first + done, row.AsSpan(0, columns));
            for (int column = 0; column < columns; column++)
                values[done + column] = T.CreateTruncating(row[column] - origins[column]);
        }
        ArrayPool<double>.Shared.Return(row);
    }

    public void Gather(ReadOnlySpan<int> rows, Span<T> values)
    {
        while (!rows.IsEmpty)
        {
            int count = CountTogether(rows);
            int spread = rows[count - 1] - rows[0] + 1;
            if (spread == count)
                Read(rows[0], values[..(count * columns)]);
            else
                ReadAndPick(rows[..count], spread, values);
            rows = rows[count..];
            values = values[(count * columns)..];
        }
    }

    public IRows<T> Select(int[] rows)
    {
        int wrong = rows.AsSpan().IndexOfAnyExceptInRange(0, Count - 1);
        return wrong < 0
            ? new ChosenRows<T>(this, rows, columns)
            : throw new ArgumentOutOfRangeException(nameof(rows), rows[wrong], $"There are {Count} rows.");
    }

    /// <summary>How many of the rows are read at once: they ascend, and at most as many lie between them.</summary>
    private int CountTogether(ReadOnlySpan<int> rows)
    {
        int most = Math.Max(1, RowBlocks.Length / columns);
        int count = 1;
        while (count < rows.Length && rows[count] > rows[count - 1] && rows[count] - rows[0] < Math.Min(most, 2 * (count + 1)))
            count++;
        return count;
    }

    private void ReadAndPick(ReadOnlySpan<int> rows, int spread, Span<T> values)
    {
        T[] all = ArrayPool<T>.Shared.Rent(spread * columns);
        Read(rows[0], all.AsSpan(0, spread * columns));
        for (int i = 0; i < rows.Length; i++)
            all.AsSpan((rows[i] - rows[0]) * columns, columns).CopyTo(values[(i * columns)..]);
        ArrayPool<T>.Shared.Return(all);
    }
}
