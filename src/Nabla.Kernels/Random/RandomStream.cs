using System.Diagnostics.CodeAnalysis;

namespace Nabla.Kernels;

/// <summary>A sequence of random numbers that is a function of (seed, purpose, index) alone, on every system and in every thread.</summary>
/// <remarks>
/// Philox is keyed with the seed; the four counter words are (number of the block within the stream, low half of the index, high half
/// of the index, purpose). A stream holds 2^32 blocks of four words. This is a mutable struct: pass it by reference, or two
/// callers draw the same numbers. An instance is not safe for use by several threads; give each thread a stream of its own.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "Random stream is the usual term. A struct cannot be mistaken for a Stream.")]
public struct RandomStream
{
    private readonly ulong seed;
    private readonly ulong index;
    private readonly RandomPurpose purpose;
    private (uint Word0, uint Word1, uint Word2, uint Word3) block;
    private ulong nextBlock;
    private int wordsLeft;

    /// <summary>Creates a stream, positioned at its beginning.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Which stream of that purpose: an epoch, a layer, an example.</param>
    public RandomStream(ulong seed, RandomPurpose purpose, ulong index = 0)
    {
        this.seed = seed;
        this.purpose = purpose;
        this.index = index;
    }

    /// <summary>The next 32 random bits.</summary>
    /// <exception cref="InvalidOperationException">All 2^34 words of the stream have been drawn.</exception>
    public uint NextUInt32()
    {
        if (wordsLeft == 0)
            OpenNextBlock();
        return wordsLeft-- switch
        {
            4 => block.Word0,
            3 => block.Word1,
            2 => block.Word2,
            _ => block.Word3,
        };
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, each exactly as likely as the others.</summary>
    /// <param name="bound">The number of possible results, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is 0.</exception>
    /// <remarks>
    /// Lemire, "Fast random integer generation in an interval" (2019): the high half of a product, with the few uneven low halves
    /// rejected.
    /// </remarks>
    public uint NextUInt32(uint bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint uneven = (uint)((1UL << 32) % bound);
            while ((uint)product < uneven)
                product = (ulong)NextUInt32() * bound;
        }
        return (uint)(product >> 32);
    }

    /// <summary>The next 64 random bits: two words, the low one first.</summary>
    public ulong NextUInt64()
    {
        uint low = NextUInt32();
        return low | (ulong)NextUInt32() << 32;
    }

    /// <summary>
    /// A number strictly between 0 and 1: the middle of one of 2^52 equal intervals, so that its logarithm exists and 1 - u does too.
    /// </summary>
    public double NextUnit() => ((NextUInt64() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>A normal deviate: mean 0, variance 1.</summary>
    public double NextNormal() => NormalDeviate.Next(ref this);

    /// <inheritdoc/>
    public override readonly string ToString() => $"{purpose} {index} of seed {seed}, word {nextBlock * 4 - (ulong)wordsLeft}";

    /// <summary>Four words of a stream, without drawing those before them.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Which stream of that purpose.</param>
    /// <param name="number">Which block of the stream: its words are 4 times this number and the three after it.</param>
    internal static (uint Word0, uint Word1, uint Word2, uint Word3) Block(ulong seed, RandomPurpose purpose, ulong index, uint number) =>
        Philox.Block(seed, number | index << 32, index >> 32 | (ulong)purpose << 32);

    private void OpenNextBlock()
    {
        if (nextBlock > uint.MaxValue)
            throw new InvalidOperationException($"The random stream {purpose} {index} is exhausted. Continue with another index.");
        block = Block(seed, purpose, index, (uint)nextBlock);
        nextBlock++;
        wordsLeft = 4;
    }
}
