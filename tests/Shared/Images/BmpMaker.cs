using System.Buffers.Binary;

namespace Nabla.Tests.Shared;

/// <summary>Puts BMP files together.</summary>
internal static class BmpMaker
{
    /// <summary>A file with pixels of noise, and a palette of grey for up to 8 bits.</summary>
    public static byte[] File(int width, int height, int bits)
    {
        int row = (width * bits + 31) / 32 * 4, palette = bits <= 8 ? 4 << bits : 0, start = 54 + palette;
        var file = new byte[start + row * height];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, start, 40, width, height];
        for (int i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + 4 * i), header[i]);
        file[26] = 1;
        file[28] = (byte)bits;
        for (int i = 0; i < palette; i++)
            file[54 + i] = (byte)(i % 4 == 3 ? 0 : (i / 4 * 255) >> bits);
        for (int i = start; i < file.Length; i++)
            file[i] = (byte)(i * 31 >> 2);
        return file;
    }
}
