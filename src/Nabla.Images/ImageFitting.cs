namespace Nabla.Images;

/// <summary>
/// Converts an image of one character to an input like MNIST's: light ink on black, scaled to 20 of 28 pixels, with its centre of mass in
/// the middle.
/// </summary>
/// <remarks>
/// LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (1998), section III.A, describe this
/// preparation. An image that already has the size of the input is only inverted, if its border is light; unless that size is MNIST's,
/// and the character is much smaller than MNIST's or far from the middle. All images of MNIST itself stay as they are.
/// </remarks>
internal static class ImageFitting
{
    /// <summary>A border lighter than this means dark ink on a light background.</summary>
    private const double LightGround = 127;

    /// <summary>Levels below this, of 255, are not ink: they are ignored when the margin is cut off.</summary>
    private const int FaintestInk = 8;

    /// <summary>An image with a smaller difference between background and ink is empty.</summary>
    private const int LeastContrast = 16;

    /// <summary>The share of a scaled pixel that ink covers, at least, where it covers most; below this, the image is noise.</summary>
    private const double LeastCover = 1 / 255.0;

    /// <summary>
    /// The mean level of ink, weighted by itself, to which thin lines are stretched. Most images of MNIST lie between 180 and 220.
    /// </summary>
    private const double UsualInk = 200;

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
        if ((image.Height, image.Width) == (height, width) && !IsOutOfPlace(image))
            return (image.Levels, changes);
        var (ink, range) = OnBlack(image, name);
        int faintest = Math.Max(1, FaintestInk * range / 255);
        ink = Note(ink, Specks.Remove(ink, faintest), ImageChanges.Cleaned, ref changes);
        ink = Note(ink, InkBox.Find(ink, faintest).Cut(ink), ImageChanges.Cropped, ref changes);
        ink = Scale(ink, range, height, width, name, ref changes);
        return (Centre(ink, height, width), changes | ImageChanges.Centred);
    }

    /// <summary>Whether an image of MNIST's size shows a character that is too small for it, or too far from the middle.</summary>
    /// <remarks>
    /// MNIST's characters are 19 or 20 pixels long, with their centre of mass at most a pixel from the middle. Larger ones, such as the
    /// clothes of Fashion-MNIST, are not characters.
    /// </remarks>
    private static bool IsOutOfPlace(GreyImage image)
    {
        if ((image.Width, image.Height) != (28, 28))
            return false;
        var box = InkBox.Find(image, FaintestInk);
        int length = Math.Max(box.Width, box.Height);
        double distance = Math.Max(Math.Abs(box.MeanX - 13.5), Math.Abs(box.MeanY - 13.5));
        return length is > 0 and < 16 || (length <= 20 && distance > 2.5);
    }

    private static GreyImage Note(GreyImage before, GreyImage after, ImageChanges change, ref ImageChanges changes)
    {
        changes |= ReferenceEquals(before, after) ? ImageChanges.None : change;
        return after;
    }

    /// <summary>Subtracts the background.</summary>
    /// <returns>Ink on black, and its highest level.</returns>
    private static (GreyImage Ink, int Range) OnBlack(GreyImage image, string name)
    {
        int ground = (int)Math.Round(image.BorderMean());
        int range = image.Levels.Max() - ground;
        if (range < LeastContrast)
            throw Empty(name, NothingThere);
        return ground == 0
            ? (image, range)
            : (image with { Levels = Array.ConvertAll(image.Levels, level => (byte)Math.Max(0, level - ground)) }, range);
    }

    private static InvalidInputException Empty(string name, string why) =>
        new($"cannot use {name}", "the whole image", why, "Use an image of one character in bold lines, with a margin around it.");

    /// <summary>Scales ink, and then stretches its levels: of a thin line, scaling leaves a faint trace.</summary>
    private static GreyImage Scale(GreyImage ink, int range, int height, int width, string name, ref ImageChanges changes)
    {
        double scale = Math.Min(BoxOf(height) / ink.Height, BoxOf(width) / ink.Width);
        var (newWidth, newHeight) = (Rounded(ink.Width * scale), Rounded(ink.Height * scale));
        double[] levels = AreaScaling.Means(ink, newWidth, newHeight);
        double factor = Stretch(levels, range, name);
        if ((newWidth, newHeight) != (ink.Width, ink.Height))
            changes |= ImageChanges.Scaled;
        if (factor != 1)
            changes |= ImageChanges.Stretched;
        return new GreyImage(newWidth, newHeight, Array.ConvertAll(levels, level => (byte)(Math.Min(255, level * factor) + 0.5)));

        static double BoxOf(int size) => Math.Max(1, Math.Round(size * 20 / 28.0));
        static int Rounded(double size) => Math.Max(1, (int)Math.Round(size));
    }

    /// <summary>The factor that gives ink the levels of MNIST's: the strongest 255, and where no pixel is covered by ink, more.</summary>
    private static double Stretch(double[] levels, int range, string name)
    {
        double strongest = levels.Max();
        if (strongest < LeastCover * range)
            throw Empty(name, "its lines are so thin that nothing is left at the size of the input");
        if (strongest >= range)
            return 255.0 / range;
        double mean = levels.Sum(level => level * level) / levels.Sum();
        return Math.Max(255.0 / range, Math.Min(UsualInk / mean, 2 * 255 / strongest));
    }

    private static byte[] Centre(GreyImage ink, int height, int width)
    {
        var box = InkBox.Find(ink, faintest: 1);
        // In all images of MNIST, the mean pixel number, counted from 0, is within half a pixel of 14: this is the centre.
        int left = Placed(width, box.MeanX, ink.Width);
        int top = Placed(height, box.MeanY, ink.Height);
        var pixels = new byte[height * width];
        for (int y = 0; y < ink.Height; y++)
            ink.Levels.AsSpan(y * ink.Width, ink.Width).CopyTo(pixels.AsSpan((top + y) * width + left));
        return pixels;

        // Halves are rounded down, which keeps symmetric images in the middle. No ink leaves the image, even if it is lopsided.
        static int Placed(int size, double mean, int inkSize) => Math.Clamp((int)Math.Ceiling(size / 2.0 - mean - 0.5), 0, size - inkSize);
    }
}
