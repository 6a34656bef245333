using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// An order for data that are read from disk: blocks of neighbouring examples are shuffled, and then the examples of each window of the
/// result. A window takes its examples from few places, so that a disk reads nearly in sequence.
/// </summary>
/// <remarks>Each window's order depends on the seed, the epoch and the window alone. Not safe for concurrent use.</remarks>
internal sealed class WindowedOrder
{
    /// <summary>The blocks of a window.</summary>
    public const int BlocksOfWindow = 64;

    private readonly int examples;
    private readonly int blockLength;
    private readonly ulong seed;
    private readonly int[] blocks; // their order
    private readonly int[] rows;   // [window length]: the examples of the current window
    private int shortPlace;        // where the last block is, which may be short, among the blocks
    private int window = -1;
    private int epoch;

    /// <param name="examples">Number of examples, at least 1.</param>
    /// <param name="windowLength">Examples of a window, at least 1.</param>
    /// <param name="seed">The seed of the training run.</param>
    public WindowedOrder(int examples, int windowLength, ulong seed)
    {
        this.examples = examples;
        this.seed = seed;
        blockLength = (windowLength - 1) / BlocksOfWindow + 1;
        blocks = new int[(examples - 1) / blockLength + 1];
        rows = new int[Math.Min(windowLength, examples)];
    }

    /// <summary>Arranges the blocks in the order of an epoch.</summary>
    public void Begin(int epoch)
    {
        this.epoch = epoch;
        window = -1;
        var stream = new RandomStream(seed, RandomPurpose.BlockShuffle, (ulong)epoch);
        Permutation.Fill(blocks, ref stream);
        shortPlace = Array.IndexOf(blocks, blocks.Length - 1);
    }

    /// <summary>The examples at some consecutive places of the epoch's order.</summary>
    /// <param name="start">The first place.</param>
    /// <param name="chosen">Receives as many example numbers as it has.</param>
    public void CopyTo(int start, Span<int> chosen)
    {
        while (!chosen.IsEmpty)
        {
            Open(start / rows.Length);
            var some = rows.AsSpan(start % rows.Length);
            some = some[..Math.Min(some.Length, chosen.Length)];
            some.CopyTo(chosen);
            chosen = chosen[some.Length..];
            start += some.Length;
        }
    }

    private void Open(int number)
    {
        if (number == window)
            return;
        window = number;
        int start = number * rows.Length;
        var places = rows.AsSpan(0, Math.Min(rows.Length, examples - start));
        var stream = new RandomStream(seed, RandomPurpose.WindowShuffle, (ulong)epoch << 32 | (uint)number);
        Permutation.Fill(places, ref stream);
        foreach (ref int place in places)
            place = ExampleAt(start + place);
    }

    /// <summary>The example at a place among the blocks. Behind the short block, places are shifted.</summary>
    private int ExampleAt(int place)
    {
        int missing = (int)((long)blocks.Length * blockLength - examples);
        long from = place >= shortPlace * (long)blockLength + blockLength - missing ? (long)place + missing : place;
        return (int)(blocks[from / blockLength] * (long)blockLength + from % blockLength);
    }
}
