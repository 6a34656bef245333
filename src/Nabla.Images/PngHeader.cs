using System.Buffers.Binary;

namespace Nabla.Images;

/// <summary>The chunk IHDR: the size of the image, and how its pixels are stored.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, int ColourType, bool IsInterlaced)
{
    public const int Length = 13;

    // The passes of Adam7: first column, first row, column step, row step.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <returns>The header, or the reason why it is invalid.</returns>
    public static (PngHeader Header, string? Why) Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != Length)
            return (default, $"IHDR has {chunk.Length} bytes instead of {Length}");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        if (width == 0 || height == 0 || (ulong)width * height > PictureSize.MaxPixels)
            return (default, $"it has {width} x {height} pixels; 1 to {PictureSize.MaxPixels} pixels are allowed");
        var (depth, type) = (chunk[8], chunk[9]);
        bool isKnown = type switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        return isKnown && chunk[10] == 0 && chunk[11] == 0 && chunk[12] <= 1
            ? (new PngHeader((int)width, (int)height, depth, type, chunk[12] == 1), null)
            : (default, $"bit depth {depth}, colour type {type}, compression {chunk[10]}, filter {chunk[11]} and interlacing {chunk[12]} "
                + "cannot be combined");
    }

    /// <summary>The decompressed length in bytes: for each row a filter byte and the packed pixels.</summary>
    public long UnfoldedLength
    {
        get
        {
            if (!IsInterlaced)
                return LengthOf(Width, Height);
            long sum = 0;
            foreach (var (x, y, stepX, stepY) in Passes)
                sum += LengthOf((Width - x + stepX - 1) / stepX, (Height - y + stepY - 1) / stepY);
            return sum;
        }
    }

    private long LengthOf(int width, int height)
    {
        int channels = ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        return width <= 0 || height <= 0 ? 0 : height * (1 + ((long)width * channels * BitDepth + 7) / 8);
    }
}
