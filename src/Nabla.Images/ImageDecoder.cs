using StbImageSharp;

namespace Nabla.Images;

/// <summary>Reads images, in grey or in colour. The file format checks the file first, because the decoder trusts headers.</summary>
/// <remarks>
/// Colours become luminance with the weights of ITU-R BT.601 (0.299, 0.587, 0.114); of 16 bits, the upper 8 are used. Transparent pixels
/// become white, or black if the visible pixels are light on average, so that both black and white ink remain visible.
/// </remarks>
internal static class ImageDecoder
{
    private const long LongestFile = 128L << 20;

    /// <summary>Reads a file as shades of grey.</summary>
    /// <param name="path">An image file.</param>
    /// <param name="check">Checks the content of a file of a given name, and throws <see cref="InvalidInputException"/>.</param>
    /// <param name="name">Name of the file in messages; null for the last part of its path.</param>
    /// <exception cref="InvalidInputException">The file is not such an image, is damaged, or is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GreyImage Read(string path, Func<byte[], string, PictureSize> check, string? name = null) =>
        Decode(ReadBytes(path, name ?? Path.GetFileName(path)), name ?? Path.GetFileName(path), check);

    /// <summary>Reads a file in colour.</summary>
    /// <inheritdoc cref="Read"/>
    public static ColourImage ReadColour(string path, Func<byte[], string, PictureSize> check, string name)
    {
        var image = DecodePixels(ReadBytes(path, name), name, check);
        byte background = Background(image.Data);
        return new ColourImage(Channel(0), Channel(1), Channel(2));

        GreyImage Channel(int channel)
        {
            var levels = new byte[image.Data.Length / 4];
            for (int i = 0; i < levels.Length; i++)
                levels[i] = Blend(image.Data[4 * i + channel], background, image.Data[4 * i + 3]);
            return new GreyImage(image.Width, image.Height, levels);
        }
    }

    /// <summary>Reads the size of an image, and checks the file.</summary>
    /// <inheritdoc cref="Read"/>
    public static PictureSize ReadSize(string path, Func<byte[], string, PictureSize> check, string name) =>
        check(ReadBytes(path, name), name);

    /// <summary>Decodes the content of a file as shades of grey.</summary>
    /// <exception cref="InvalidInputException">The content is not such an image, is damaged, or is too large.</exception>
    public static GreyImage Decode(byte[] file, string name, Func<byte[], string, PictureSize> check)
    {
        var image = DecodePixels(file, name, check);
        return new GreyImage(image.Width, image.Height, ToGrey(image.Data));
    }

    private static byte[] ReadBytes(string path, string name)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!stream.CanSeek)
        {
            throw new InvalidInputException(
                $"cannot read {name}", "the file", "it is a pipe or a device", "Write the image to a file, and give that.");
        }
        if (stream.Length > LongestFile)
        {
            throw new InvalidInputException(
                $"cannot read {name}", "the file", $"it has {stream.Length} bytes, and at most {LongestFile} can be read",
                "Make the image smaller.");
        }
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    private static ImageResult DecodePixels(byte[] file, string name, Func<byte[], string, PictureSize> check)
    {
        check(file, name);
        try
        {
            return ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha);
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
        byte background = Background(pixels);
        for (int i = 0; i < levels.Length; i++)
        {
            var pixel = pixels.Slice(4 * i, 4);
            levels[i] = Blend(Luminance(pixel[0], pixel[1], pixel[2]), background, pixel[3]);
        }
        return levels;
    }

    /// <summary>White behind dark visible pixels, black behind light ones.</summary>
    private static byte Background(ReadOnlySpan<byte> pixels)
    {
        long visible = 0;
        long weight = 0;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            visible += Luminance(pixels[i], pixels[i + 1], pixels[i + 2]) * pixels[i + 3];
            weight += pixels[i + 3];
        }
        return visible > 127 * weight ? (byte)0 : (byte)255;
    }

    private static byte Blend(byte level, byte background, byte alpha) => (byte)((level * alpha + background * (255 - alpha) + 127) / 255);

    /// <summary>The grey level of a colour.</summary>
    // In units of 1/65536, with a sum of one, so that grey does not change.
    public static byte Luminance(int red, int green, int blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
}
