using System.Globalization;

namespace Nabla.Images;

/// <summary>Width and height in pixels, each at least 1.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    private const long AlwaysAllowed = 16L << 20;
    private const long BytesPerPixel = 4;

    /// <summary>Bytes of coded data never stand for more pixels: a block of 8 x 8 takes a bit at least.</summary>
    public const long PixelsPerByte = 512;

    /// <summary>Larger images are rejected. With four bytes per pixel, such an image takes 256 MiB.</summary>
    public const long MaxPixels = 64L << 20;

    public long Pixels => (long)Width * Height;

    /// <summary>Why an image of this size is too large for a file of some length; null if it is not.</summary>
    public string? WhyNot(long fileLength)
    {
        if (Pixels > MaxPixels)
            return $"it has {this} pixels; 1 to {MaxPixels} pixels are allowed";
        if (ReadLimit.WhyNot(BytesPerPixel * Pixels) is { } whyNot)
            return whyNot;
        return Pixels > AlwaysAllowed && Pixels > PixelsPerByte * fileLength
            ? $"it has {fileLength} bytes, and promises {this} pixels, which almost all must be empty"
            : null;
    }

    /// <summary>Reads <c>28x28</c>.</summary>
    public static bool TryParse(string text, out PictureSize size)
    {
        size = default;
        if (text.Split('x', 'X', '*') is not [var width, var height]
            || !int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            || !int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out int rows))
            return false;
        size = new PictureSize(columns, rows);
        return columns > 0 && rows > 0 && size.Pixels <= MaxPixels;
    }

    public override string ToString() => $"{Width} x {Height}";
}
