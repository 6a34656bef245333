namespace Nabla;

/// <summary>
/// Rows of inputs, each as long as the others, wherever they are. Safe for concurrent use. Numbers of rows are checked by the callers.
/// </summary>
/// <typeparam name="T">byte or float.</typeparam>
internal interface IRows<T>
    where T : unmanaged
{
    /// <summary>Number of rows.</summary>
    int Count { get; }

    /// <summary>All values, row by row, if they are in memory; else null.</summary>
    T[]? Array { get; }

    /// <summary>Reads consecutive rows.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="values">Receives as many whole rows as it has room for.</param>
    void Read(int start, Span<T> values);

    /// <summary>Reads rows in any order.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <param name="values">Receives a row for each.</param>
    void Gather(ReadOnlySpan<int> rows, Span<T> values);

    /// <summary>The given rows, in this order; repetition is allowed.</summary>
    /// <param name="rows">Their numbers. The result may keep the array: the caller must not change it.</param>
    IRows<T> Select(int[] rows);
}

/// <summary>What is done with consecutive rows.</summary>
/// <param name="start">The first of them.</param>
/// <param name="values">Whole rows.</param>
internal delegate void RowAction<T>(int start, ReadOnlySpan<T> values);

internal static class RowBlocks
{
    /// <summary>The most values that are read at once.</summary>
    public const int Length = 1 << 18;

    /// <summary>Goes through all rows in order, in blocks. Rows in memory are one block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">Values of a row.</param>
    /// <param name="action">What is done with each block.</param>
    public static void ForEachBlock<T>(this IRows<T> rows, int columns, RowAction<T> action)
        where T : unmanaged
    {
        if (rows.Array is { } all)
        {
            action(0, all);
            return;
        }
        int count = Math.Max(1, Length / columns);
        var block = new T[Math.Min(count, Math.Max(rows.Count, 1)) * columns];
        for (int start = 0; start < rows.Count; start += count)
        {
            var some = block.AsSpan(0, Math.Min(count, rows.Count - start) * columns);
            rows.Read(start, some);
            action(start, some);
            if (rows.Count - start <= count)
                break; // the next start could overflow
        }
    }
}
