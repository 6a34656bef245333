namespace Nabla.Cli;

/// <summary>
/// Converts an image of one character to an input like MNIST's: light ink on black, scaled to 20 of 28 pixels, with its centre of mass in
/// the middle.
/// </summary>
/// <remarks>
/// LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (1998), section III.A, describe this
/// preparation. An image that already has the size of the input is only inverted, if its border is light.
/// </remarks>
internal static class ImageFitting
{
    /// <summary>A border lighter than this means dark ink on a light background.</summary>
    private const double LightGround = 127;

    /// <summary>Levels below this, of 255, are not ink: they are ignored when the margin is cut off.</summary>
    private const int FaintestInk = 8;

    /// <summary>An image with a smaller difference between background and ink is empty.</summary>
    private const int LeastContrast = 16;

    private const string NothingThere = "it is empty: nothing differs from its border";

    /// <summary>Fits an image to the shape of a model's input.</summary>
    /// <param name="image">An image of any size.</param>
    /// <param name="height">Height of the input.</param>
    /// <param name="width">Width of the input.</param>
    /// <param name="name">Name of the image in messages.</param>
    /// <returns>The levels, light on dark, [height, width], and the changes.</returns>
    /// <exception cref="InvalidInputException">The image is empty.</exception>
    public static (byte[] Pixels, ImageChanges Changes) Fit(GreyImage image, int height, int width, string name)
    {
        ImageChanges changes = ImageChanges.None;
        if (image.BorderMean() > LightGround)
        {
            image = image with { Levels = Array.ConvertAll(image.Levels, level => (byte)(255 - level)) };
            changes |= ImageChanges.Inverted;
        }
        if (image.Levels.Max() - image.Levels.Min() < LeastContrast)
            throw Empty(name, NothingThere);
        if ((image.Height, image.Width) == (height, width))
            return (image.Levels, changes);
        GreyImage ink = Note(image, Stretch(image, name), ImageChanges.Stretched, ref changes);
        ink = Note(ink, Crop(ink), ImageChanges.Cropped, ref changes);
        ink = Note(ink, Scale(ink, height, width), ImageChanges.Scaled, ref changes);
        if (ink.Levels.Max() == 0)
            throw Empty(name, "its lines are so thin that nothing is left at the size of the input");
        return (Centre(ink, height, width), changes | ImageChanges.Centred);
    }

    private static GreyImage Note(GreyImage before, GreyImage after, ImageChanges change, ref ImageChanges changes)
    {
        changes |= ReferenceEquals(before, after) ? ImageChanges.None : change;
        return after;
    }

    private static GreyImage Stretch(GreyImage image, string name)
    {
        int ground = (int)Math.Round(image.BorderMean());
        int range = image.Levels.Max() - ground;
        if (range < LeastContrast)
            throw Empty(name, NothingThere);
        return ground == 0 && range == 255 ? image : image with
        {
            Levels = Array.ConvertAll(image.Levels, level => (byte)(Math.Max(0, level - ground) * 255 / range)),
        };
    }

    private static InvalidInputException Empty(string name, string why) =>
        new($"cannot use {name}", "the whole image", why, "Use an image of one character in bold lines, with a margin around it.");

    private static GreyImage Crop(GreyImage image)
    {
        var (left, right, top, bottom) = (image.Width, -1, image.Height, -1);
        for (int i = 0; i < image.Levels.Length; i++)
        {
            if (image.Levels[i] < FaintestInk)
                continue;
            var (y, x) = Math.DivRem(i, image.Width);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        }
        var (width, height) = (right - left + 1, bottom - top + 1);
        if ((width, height) == (image.Width, image.Height))
            return image;
        var levels = new byte[width * height];
        for (int y = 0; y < height; y++)
            image.Levels.AsSpan((top + y) * image.Width + left, width).CopyTo(levels.AsSpan(y * width));
        return new GreyImage(width, height, levels);
    }

    private static GreyImage Scale(GreyImage ink, int height, int width)
    {
        double scale = Math.Min(BoxOf(height) / ink.Height, BoxOf(width) / ink.Width);
        return AreaScaling.Scale(ink, Rounded(ink.Width * scale), Rounded(ink.Height * scale));

        static double BoxOf(int size) => Math.Max(1, Math.Round(size * 20 / 28.0));
        static int Rounded(double size) => Math.Max(1, (int)Math.Round(size));
    }

    private static byte[] Centre(GreyImage ink, int height, int width)
    {
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0);
        for (int i = 0; i < ink.Levels.Length; i++)
        {
            var (y, x) = Math.DivRem(i, ink.Width);
            sum += ink.Levels[i];
            sumX += ink.Levels[i] * x;
            sumY += ink.Levels[i] * y;
        }
        // In all images of MNIST, the mean pixel number, counted from 0, is within half a pixel of 14: this is the centre.
        int left = Placed(width, sumX / sum, ink.Width);
        int top = Placed(height, sumY / sum, ink.Height);
        var pixels = new byte[height * width];
        for (int y = 0; y < ink.Height; y++)
            ink.Levels.AsSpan(y * ink.Width, ink.Width).CopyTo(pixels.AsSpan((top + y) * width + left));
        return pixels;

        // Halves are rounded down, which keeps symmetric images in the middle. No ink leaves the image, even if it is lopsided.
        static int Placed(int size, double mean, int inkSize) => Math.Clamp((int)Math.Ceiling(size / 2.0 - mean - 0.5), 0, size - inkSize);
    }
}
