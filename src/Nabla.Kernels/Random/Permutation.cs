namespace Nabla.Kernels;

/// <summary>Random orders of 0 .. n - 1.</summary>
public static class Permutation
{
    /// <summary>Fills <paramref name="destination"/> with 0 .. length - 1 in an order of which each is equally likely (Fisher and Yates; Durstenfeld 1964).</summary>
    /// <param name="destination">[length] receives the order.</param>
    /// <param name="stream">Where the randomness comes from; it moves on.</param>
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
