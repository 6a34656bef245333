namespace Nabla.Tests.Shared;

/// <summary>Puts JPEG files together: blocks of 8 x 8 pixels, each of one level of grey.</summary>
internal static class JpegMaker
{
    /// <summary>A baseline file.</summary>
    /// <param name="levels">The level of each block, row by row.</param>
    /// <param name="columns">Blocks in a row.</param>
    public static byte[] Grey(byte[] levels, int columns) =>
    [
        0xFF, 0xD8,
        .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]),
        .. Frame(8 * columns, levels.Length / columns * 8),
        .. Segment(0xC4, [0x00, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        .. Segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        .. Segment(0xDA, [1, 1, 0x00, 0, 63, 0]),
        .. Pixels(levels),
        0xFF, 0xD9,
    ];

    /// <summary>A frame header of one component.</summary>
    public static byte[] Frame(int width, int height) =>
        Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, 0, (byte)(content.Length + 2), .. content];

    /// <summary>Of each block, the difference to the mean of the one before, and the end of the block.</summary>
    private static byte[] Pixels(byte[] levels)
    {
        var bits = new List<bool>();
        int before = 128;
        foreach (byte level in levels)
        {
            int difference = level - before;
            before = level;
            int size = 0;
            while (Math.Abs(difference) >> size != 0)
                size++;
            Add(size switch { 0 => 0, < 6 => 1 + size, _ => (1 << (size - 2)) - 2 }, size switch { 0 => 2, < 6 => 3, _ => size - 2 });
            Add(difference < 0 ? difference + (1 << size) - 1 : difference, size);
            Add(0, 1);
        }
        while (bits.Count % 8 != 0)
            bits.Add(true);
        return [.. bits.Chunk(8).Select(Byte).SelectMany(value => value == 0xFF ? (byte[])[0xFF, 0] : [value])];

        void Add(int value, int count)
        {
            for (int bit = count - 1; bit >= 0; bit--)
                bits.Add((value >> bit & 1) != 0);
        }

        static byte Byte(bool[] chunk) => (byte)chunk.Aggregate(0, (value, bit) => 2 * value + (bit ? 1 : 0));
    }
}
