using StbImageSharp;

namespace Nabla.Cli;

/// <summary>Reads picture files as shades of grey, after a check by the file format: the decoder believes headers.</summary>
/// <remarks>
/// Colours become luminance by the weights of ITU-R BT.601 (0.299, 0.587, 0.114); of 16 bits the upper 8 count. Transparent pixels show
/// what lies behind them: white, unless what is visible is light on average; then black. So neither black nor white ink on nothing is lost.
/// </remarks>
internal static class PictureDecoder
{
    private const long LongestFile = 128L << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A picture file.</param>
    /// <param name="check">Checks the content of a file of a given name, and throws <see cref="InvalidInputException"/>.</param>
    /// <exception cref="InvalidInputException">The file is not such a picture, is damaged, or is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GreyImage Read(string path, Action<byte[], string> check)
    {
        string name = Path.GetFileName(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > LongestFile)
            throw new InvalidInputException(
                $"cannot read {name}", "the file", $"it has {stream.Length} bytes, and at most {LongestFile} can be read",
                "Make the picture smaller.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Decode(file, name, check);
    }

    /// <summary>Decodes the content of a file.</summary>
    /// <exception cref="InvalidInputException">It is not such a picture, is damaged, or is too large.</exception>
    public static GreyImage Decode(byte[] file, string name, Action<byte[], string> check)
    {
        check(file, name);
        try
        {
            ImageResult image = ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha);
            return new GreyImage(image.Width, image.Height, ToGrey(image.Data));
        }
        // The decoder's ways to fail are many; the file alone decides which, so that all mean the same.
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidInputException(
                $"cannot read {name}", "its pixels", $"the decoder says: {error.Message}", "Save the picture again, as PNG for example.",
                error);
        }
    }

    /// <param name="pixels">Red, green, blue, alpha for each pixel.</param>
    private static byte[] ToGrey(ReadOnlySpan<byte> pixels)
    {
        var levels = new byte[pixels.Length / 4];
        long visible = 0;
        long weight = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            ReadOnlySpan<byte> pixel = pixels.Slice(4 * i, 4);
            levels[i] = Luminance(pixel[0], pixel[1], pixel[2]);
            visible += levels[i] * pixel[3];
            weight += pixel[3];
        }
        int background = visible > 127 * weight ? 0 : 255;
        for (int i = 0; i < levels.Length; i++)
        {
            int alpha = pixels[4 * i + 3];
            levels[i] = (byte)((levels[i] * alpha + background * (255 - alpha) + 127) / 255);
        }
        return levels;
    }

    // In 65536ths, which add up to one: grey stays what it is.
    private static byte Luminance(int red, int green, int blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
}
