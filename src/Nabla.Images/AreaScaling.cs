namespace Nabla.Images;

/// <summary>Changes the size of an image: each new pixel is the mean of the area that it covers in the old image.</summary>
internal static class AreaScaling
{
    /// <returns>The same image if it already has this size.</returns>
    public static GreyImage Scale(GreyImage image, int width, int height) => (image.Width, image.Height) == (width, height)
        ? image
        : new GreyImage(width, height, Array.ConvertAll(Means(image, width, height), level => (byte)(level + 0.5)));

    /// <summary>The levels of the scaled image before they are rounded, [height, width].</summary>
    public static double[] Means(GreyImage image, int width, int height)
    {
        // First horizontally, then vertically. The intermediate result is [old height, new width].
        double[] across = new double[image.Height * width];
        for (int x = 0; x < width; x++)
        {
            foreach (var (column, share) in Covered(image.Width, width, x))
            {
                for (int y = 0; y < image.Height; y++)
                    across[y * width + x] += image.Levels[y * image.Width + column] * (double)share;
            }
        }
        for (int i = 0; i < across.Length; i++)
            across[i] /= image.Width;
        double[] levels = new double[height * width];
        for (int y = 0; y < height; y++)
        {
            var row = levels.AsSpan(y * width, width);
            foreach (var (old, share) in Covered(image.Height, height, y))
            {
                for (int x = 0; x < width; x++)
                    row[x] += across[old * width + x] * share;
            }
            foreach (ref double level in row)
                level /= image.Height;
        }
        return levels;
    }

    /// <summary>
    /// The old pixels that new pixel n covers, and how much of each, in units of 1 / <paramref name="newSize"/> of an old pixel: in these
    /// units, all borders are integers.
    /// </summary>
    private static IEnumerable<(int Old, long Share)> Covered(int oldSize, int newSize, int n)
    {
        long from = (long)n * oldSize;
        long to = from + oldSize;
        for (long old = from / newSize; old * newSize < to; old++)
            yield return ((int)old, Math.Min(to, (old + 1) * newSize) - Math.Max(from, old * newSize));
    }
}
