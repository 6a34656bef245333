using StbImageSharp;

namespace Nabla.Cli;

/// <summary>Reads images as shades of grey. The file format checks the file first, because the decoder trusts headers.</summary>
/// <remarks>
/// Colours become luminance with the weights of ITU-R BT.601 (0.299, 0.587, 0.114); of 16 bits, the upper 8 are used. Transparent pixels
/// become white, or black if the visible pixels are light on average, so that both black and white ink remain visible.
/// </remarks>
internal static class ImageDecoder
{
    private const long LongestFile = 128L << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">An image file.</param>
    /// <param name="check">Checks the content of a file of a given name, and throws <see cref="InvalidInputException"/>.</param>
    /// <exception cref="InvalidInputException">The file is not such an image, is damaged, or is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GreyImage Read(string path, Action<byte[], string> check)
    {
        string name = Path.GetFileName(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > LongestFile)
            throw new InvalidInputException(
                $"cannot read {name}", "the file", $"it has {stream.Length} bytes, and at most {LongestFile} can be read",
                "Make the image smaller.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Decode(file, name, check);
    }

    /// <summary>Decodes the content of a file.</summary>
    /// <exception cref="InvalidInputException">The content is not such an image, is damaged, or is too large.</exception>
    public static GreyImage Decode(byte[] file, string name, Action<byte[], string> check)
    {
        check(file, name);
        try
        {
            ImageResult image = ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha);
            return new GreyImage(image.Width, image.Height, ToGrey(image.Data));
        }
        // The decoder throws various exceptions. They all depend on the file alone, so they all mean invalid input.
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidInputException(
                $"cannot read {name}", "its pixels", $"the decoder says: {error.Message}", "Save the image again, for example as PNG.",
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

    // In units of 1/65536, with a sum of one, so that grey does not change.
    private static byte Luminance(int red, int green, int blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
}
