namespace Nabla.Cli;

/// <summary>Changes the size of an image: each new pixel is the mean of the area that it covers in the old image.</summary>
internal static class AreaScaling
{
    /// <returns>The same image if it already has this size.</returns>
    public static GreyImage Scale(GreyImage image, int width, int height)
    {
        if ((image.Width, image.Height) == (width, height))
            return image;
        // First horizontally, then vertically. The intermediate result is [old height, new width].
        double[] across = new double[image.Height * width];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < width; x++)
                across[y * width + x] = Mean(image.Width, width, x, old => image.Levels[y * image.Width + old]);
        }
        var levels = new byte[height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                levels[y * width + x] = (byte)(Mean(image.Height, height, y, old => across[old * width + x]) + 0.5);
        }
        return new GreyImage(width, height, levels);
    }

    /// <summary>
    /// The mean level of the area that pixel n of <paramref name="newSize"/> covers among <paramref name="oldSize"/>, in exact fractions.
    /// </summary>
    private static double Mean(int oldSize, int newSize, int n, Func<int, double> level)
    {
        // In units of 1 / newSize of an old pixel, all borders are integers.
        long from = (long)n * oldSize;
        long to = from + oldSize;
        double sum = 0;
        for (long old = from / newSize; old * newSize < to; old++)
            sum += level((int)old) * (Math.Min(to, (old + 1) * newSize) - Math.Max(from, old * newSize));
        return sum / oldSize;
    }
}
