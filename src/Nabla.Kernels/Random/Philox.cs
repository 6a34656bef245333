namespace Nabla.Kernels;

/// <summary>
/// Philox 4x32-10, a counter-based random number generator: a function from (key, counter) to 128 random bits, with no state to carry.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). Not for cryptography.
/// <see cref="RandomStream"/> describes how Nabla fills the counter. Safe for use by several threads.
/// </remarks>
internal static class Philox
{
    private const int Rounds = 10;

    // The paper's constants: two multipliers, and the Weyl increments of the key (golden ratio, sqrt(3) - 1).
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Increment0 = 0x9E3779B9;
    private const uint Increment1 = 0xBB67AE85;

    /// <summary>The four random words for a key and a counter.</summary>
    /// <param name="key">64 bits; the low half is the paper's first key word.</param>
    /// <param name="counterLow">Counter words 0 (low half) and 1 (high half).</param>
    /// <param name="counterHigh">Counter words 2 (low half) and 3 (high half).</param>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        (uint key0, uint key1) = ((uint)key, (uint)(key >> 32));
        (uint c0, uint c1) = ((uint)counterLow, (uint)(counterLow >> 32));
        (uint c2, uint c3) = ((uint)counterHigh, (uint)(counterHigh >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            unchecked
            {
                key0 += Increment0;
                key1 += Increment1;
            }
        }
        return (c0, c1, c2, c3);
    }
}
