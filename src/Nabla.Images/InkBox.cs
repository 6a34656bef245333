namespace Nabla.Images;

/// <summary>The smallest rectangle with all ink of an image, and the ink's centre of mass.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Number of columns; 0 without ink.</param>
/// <param name="Height">Number of rows; 0 without ink.</param>
/// <param name="MeanX">The mean column of the ink, weighted by its levels.</param>
/// <param name="MeanY">The mean row of the ink, weighted by its levels.</param>
internal readonly record struct InkBox(int Left, int Top, int Width, int Height, double MeanX, double MeanY)
{
    /// <summary>Measures ink on black.</summary>
    /// <param name="image">Ink on black.</param>
    /// <param name="faintest">Pixels with a lower level are not ink.</param>
    public static InkBox Find(GreyImage image, int faintest)
    {
        var (left, right, top, bottom) = (image.Width, -1, image.Height, -1);
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0);
        for (int i = 0; i < image.Levels.Length; i++)
        {
            int level = image.Levels[i];
            if (level < faintest)
                continue;
            var (y, x) = Math.DivRem(i, image.Width);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            sum += level;
            sumX += (double)level * x;
            sumY += (double)level * y;
        }
        return right < 0 ? default : new InkBox(left, top, right - left + 1, bottom - top + 1, sumX / sum, sumY / sum);
    }

    /// <summary>The part of the image in this rectangle; the same image if that is all of it.</summary>
    public GreyImage Cut(GreyImage image)
    {
        if ((Width, Height) == (image.Width, image.Height))
            return image;
        var levels = new byte[Width * Height];
        for (int y = 0; y < Height; y++)
            image.Levels.AsSpan((Top + y) * image.Width + Left, Width).CopyTo(levels.AsSpan(y * Width));
        return new GreyImage(Width, Height, levels);
    }
}
