using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The order of the examples in each epoch, and their division into batches. Each epoch's order depends on the seed and the epoch alone.
/// </summary>
internal sealed class BatchOrder
{
    private readonly int examples;
    private readonly int[] order; // [examples], or [batch size] if a windowed order fills it
    private readonly WindowedOrder? windowed;
    private readonly int batchSize;
    private readonly ulong? seed;

    /// <param name="examples">Number of examples, at least 1.</param>
    /// <param name="batchSize">Examples in a batch; the last may be short.</param>
    /// <param name="dropLast">Whether a short last batch is left out, as in the notebook.</param>
    /// <param name="seed">Seed of the shuffle; null to keep the order of the data.</param>
    /// <param name="window">Examples of a window (<see cref="WindowedOrder"/>); null to shuffle all together.</param>
    public BatchOrder(int examples, int batchSize, bool dropLast, ulong? seed, int? window = null)
    {
        this.examples = examples;
        this.batchSize = batchSize;
        this.seed = seed;
        BatchCount = examples / batchSize + (dropLast || examples % batchSize == 0 ? 0 : 1); // without a sum that could overflow
        windowed = seed is { } key && window is { } length && examples > 0 ? new WindowedOrder(examples, length, key) : null;
        order = new int[windowed is null ? examples : Math.Min(examples, batchSize)];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
    }

    /// <summary>Number of batches in an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The last batch that is not short; the first if all examples do not fill one.</summary>
    public int LastFullBatch => Math.Max(0, examples / batchSize - 1);

    /// <summary>Arranges the examples in the order of an epoch.</summary>
    public void Begin(int epoch)
    {
        windowed?.Begin(epoch);
        if (windowed is not null || seed is not { } key)
            return;
        var stream = new RandomStream(key, RandomPurpose.Shuffle, (ulong)epoch);
        Permutation.Fill(order, ref stream);
    }

    /// <summary>The example numbers of one batch of the current epoch, until the next call.</summary>
    public ReadOnlySpan<int> Batch(int index)
    {
        int start = index * batchSize;
        int count = Math.Min(batchSize, examples - start);
        if (windowed is null)
            return order.AsSpan(start, count);
        windowed.CopyTo(start, order.AsSpan(0, count));
        return order.AsSpan(0, count);
    }
}
