using System.Numerics;

namespace Nabla;

/// <summary>The values of a table's columns, for statistics that need all values of a column at once.</summary>
internal static class NumberColumns
{
    private const int ValuesTogether = 1 << 24; // that are collected in one pass

    /// <summary>
    /// Collects the values of each column that is not an indicator, without NaN, and uses them: several columns at the same time, in any
    /// order. Rows on disk are read once for every 16 million values.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="use">Takes a column's number and its values, which it may reorder.</param>
    public static void ForEachNumberColumn(this FeatureTable table, Action<int, float[]> use)
    {
        int[] numbers = [.. Enumerable.Range(0, table.Columns).Where(column => !table.IsIndicator(column))];
        foreach (int[] some in numbers.Chunk(Math.Max(1, ValuesTogether / Math.Max(1, table.Rows))))
        {
            float[][] values = table.CollectColumns(some);
            Parallel.For(0, some.Length, i => use(some[i], values[i]));
        }
    }

    /// <summary>The values of some columns, each without NaN.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The numbers of the columns.</param>
    public static float[][] CollectColumns(this FeatureTable table, int[] columns)
    {
        var values = new float[columns.Length][];
        var found = new int[columns.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = new float[table.Rows];
        table.ForEachBlock((int _, ReadOnlySpan<byte> block) => Collect(block));
        table.ForEachBlock((int _, ReadOnlySpan<float> block) => Collect(block));
        for (int i = 0; i < values.Length; i++)
            Array.Resize(ref values[i], found[i]);
        return values;

        void Collect<T>(ReadOnlySpan<T> block)
            where T : unmanaged, INumberBase<T>
        {
            for (int start = 0; start < block.Length; start += table.Columns)
            {
                for (int i = 0; i < columns.Length; i++)
                {
                    float value = float.CreateTruncating(block[start + columns[i]]);
                    if (!float.IsNaN(value))
                        values[i][found[i]++] = value;
                }
            }
        }
    }
}
