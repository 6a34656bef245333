namespace Nabla.Kernels;

/// <summary>Random permutations of 0 to n - 1. Safe for use by several threads, each with its own stream.</summary>
public static class Permutation
{
    /// <summary>
    /// Fills a span with 0 to length - 1 in random order; each order is equally likely (Fisher and Yates; Durstenfeld 1964).
    /// </summary>
    /// <param name="destination">[length] receives the permutation.</param>
    /// <param name="stream">The source of random numbers; it advances.</param>
    public static void Fill(Span<int> destination, ref RandomStream stream)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = i;
        for (int last = destination.Length - 1; last > 0; last--)
        {
            int chosen = (int)stream.NextUInt32((uint)last + 1);
            (destination[last], destination[chosen]) = (destination[chosen], destination[last]);
        }
    }
}
