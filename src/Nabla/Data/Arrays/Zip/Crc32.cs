using System.Buffers.Binary;

namespace Nabla;

/// <summary>The CRC-32 of zip and gzip (polynomial 0xEDB88320, reflected), eight bytes at a step.</summary>
/// <remarks>Slicing: Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC Generation", 2008.</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    // [8 * 256]: entry [k * 256 + b] is the remainder of byte b followed by k zero bytes
    private static readonly uint[] Table = MakeTable();

    /// <summary>Continues from the checksum of the preceding bytes; start with 0.</summary>
    public static uint Update(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        var table = Table;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            ulong x = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ state;
            state = table[0x700 + (int)(byte)x]
                ^ table[0x600 + (int)(byte)(x >> 8)]
                ^ table[0x500 + (int)(byte)(x >> 16)]
                ^ table[0x400 + (int)(byte)(x >> 24)]
                ^ table[0x300 + (int)(byte)(x >> 32)]
                ^ table[0x200 + (int)(byte)(x >> 40)]
                ^ table[0x100 + (int)(byte)(x >> 48)]
                ^ table[(int)(x >> 56)];
        }
        foreach (byte b in bytes)
            state = table[(byte)(state ^ b)] ^ (state >> 8);
        return ~state;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (uint b = 0; b < 256; b++)
        {
            uint remainder = b;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ Polynomial : remainder >> 1;
            table[b] = remainder;
        }
        for (int i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
