namespace Nabla.Cli;

/// <summary>CRC-32 as the PNG specification defines it (annex D): polynomial 0xEDB88320, reflected.</summary>
internal static class PngChecksum
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Entry((uint)n))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte b in bytes)
            checksum = Table[(byte)(checksum ^ b)] ^ checksum >> 8;
        return ~checksum;
    }

    private static uint Entry(uint n)
    {
        for (int bit = 0; bit < 8; bit++)
            n = (n & 1) != 0 ? n >> 1 ^ 0xEDB88320 : n >> 1;
        return n;
    }
}
