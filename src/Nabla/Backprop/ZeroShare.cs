using Nabla.Kernels;

namespace Nabla;

/// <summary>Decides whether zeros of the inputs are skipped, by the batch before: shares of zeros change little between batches.</summary>
internal sealed class ZeroShare
{
    private long nonZeros;
    private long seen;

    /// <summary>Ends a batch and begins the next.</summary>
    /// <returns>Whether so many inputs of the batch before were zero that skipping them pays.</returns>
    public bool NextBatch()
    {
        bool isHigh = seen > 0 && nonZeros <= SparseProduct.HighestDensity * seen;
        nonZeros = seen = 0;
        return isHigh;
    }

    /// <summary>Adds inputs that were looked at; any thread may do so.</summary>
    /// <param name="found">Those that are not zero.</param>
    /// <param name="among">All that were looked at.</param>
    public void Add(long found, long among)
    {
        Interlocked.Add(ref nonZeros, found);
        Interlocked.Add(ref seen, among);
    }
}
