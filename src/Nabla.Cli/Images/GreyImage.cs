namespace Nabla.Cli;

/// <summary>A picture in shades of grey.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Levels">[height, width], 0 for black to 255 for white.</param>
internal sealed record GreyImage(int Width, int Height, byte[] Levels)
{
    /// <summary>The mean level of the outermost rows and columns: what the background is like.</summary>
    public double BorderMean()
    {
        long sum = 0;
        int count = 0;
        for (int y = 0; y < Height; y++)
        {
            // Of the rows in between, the first and the last pixel only (which are one where the picture is one pixel wide).
            int step = y == 0 || y == Height - 1 ? 1 : Math.Max(1, Width - 1);
            for (int x = 0; x < Width; x += step, count++)
                sum += Levels[y * Width + x];
        }
        return (double)sum / count;
    }

    public override string ToString() => $"{Width} x {Height}";
}
