using System.Runtime.InteropServices;

namespace Nabla.Mpi.Tests;

/// <summary>Messages whose every byte depends on who sends them and on a number, so that no other message passes for one.</summary>
internal static class Pattern
{
    public static byte[] Bytes(int length, int rank, int number)
    {
        // SplitMix64 (Steele, Lea and Flood, 2014); System.Random draws byte by byte from a seed.
        ulong[] words = new ulong[(length + 7) / 8];
        ulong state = ((ulong)rank << 32) + (uint)number;
        for (int i = 0; i < words.Length; i++)
        {
            state += 0x9e3779b97f4a7c15;
            ulong z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            words[i] = z ^ (z >> 31);
        }
        return MemoryMarshal.AsBytes(words.AsSpan())[..length].ToArray();
    }

    /// <summary>Any bits: NaN with all payloads among them.</summary>
    public static float[] Floats(int length, int rank, int number) =>
        MemoryMarshal.Cast<byte, float>(Bytes(length * sizeof(float), rank, number)).ToArray();

    public static void Check(ReadOnlySpan<byte> bytes, int rank, int number)
    {
        if (!bytes.SequenceEqual(Bytes(bytes.Length, rank, number)))
            throw new InvalidOperationException($"Message {number} of rank {rank}, {bytes.Length} bytes, arrived with other bytes.");
    }

    public static void Check(ReadOnlySpan<float> values, int rank, int number) => Check(MemoryMarshal.AsBytes(values), rank, number);
}
