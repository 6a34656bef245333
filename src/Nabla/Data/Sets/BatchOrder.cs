using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The order of the examples in each epoch, and their division into batches. Each epoch's order depends on the seed and the epoch alone.
/// </summary>
internal sealed class BatchOrder
{
    private readonly int[] order;
    private readonly int batchSize;
    private readonly ulong? seed;

    /// <param name="examples">Number of examples, at least 1.</param>
    /// <param name="batchSize">Examples in a batch; the last may be short.</param>
    /// <param name="dropLast">Whether a short last batch is left out, as in the notebook.</param>
    /// <param name="seed">Seed of the shuffle; null to keep the order of the data.</param>
    public BatchOrder(int examples, int batchSize, bool dropLast, ulong? seed)
    {
        order = new int[examples];
        this.batchSize = batchSize;
        this.seed = seed;
        BatchCount = examples / batchSize + (dropLast || examples % batchSize == 0 ? 0 : 1); // without a sum that could overflow
        for (int i = 0; i < examples; i++)
            order[i] = i;
    }

    /// <summary>Number of batches in an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The last batch that is not short; the first if all examples do not fill one.</summary>
    public int LastFullBatch => Math.Max(0, order.Length / batchSize - 1);

    /// <summary>Arranges the examples in the order of an epoch.</summary>
    public void Begin(int epoch)
    {
        if (seed is not { } key)
            return;
        var stream = new RandomStream(key, RandomPurpose.Shuffle, (ulong)epoch);
        Permutation.Fill(order, ref stream);
    }

    /// <summary>The example numbers of one batch of the current epoch.</summary>
    public ReadOnlySpan<int> Batch(int index)
    {
        int start = index * batchSize;
        return order.AsSpan(start, Math.Min(batchSize, order.Length - start));
    }
}
