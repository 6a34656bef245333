namespace Nabla.Explain;

/// <summary>Chooses rows of large data, so that looking at a model takes seconds: always the same ones, spread evenly.</summary>
public static class RowSample
{
    /// <summary>The numbers of the chosen rows, in ascending order; all rows if there are few.</summary>
    /// <param name="rows">Rows of the data.</param>
    /// <param name="most">The most rows to choose, at least 1.</param>
    public static int[] Spread(int rows, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        int count = Math.Min(rows, most);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * rows / count))];
    }
}
