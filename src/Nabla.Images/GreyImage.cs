namespace Nabla.Images;

/// <summary>A greyscale image.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Levels">[height, width], from 0 (black) to 255 (white).</param>
internal sealed record GreyImage(int Width, int Height, byte[] Levels)
{
    /// <summary>The mean level of the outermost rows and columns: an estimate of the background.</summary>
    public double BorderMean()
    {
        long sum = 0;
        int count = 0;
        for (int y = 0; y < Height; y++)
        {
            // In the rows between, only the first and the last pixel (the same pixel if the width is 1).
            int step = y == 0 || y == Height - 1 ? 1 : Math.Max(1, Width - 1);
            for (int x = 0; x < Width; x += step, count++)
                sum += Levels[y * Width + x];
        }
        return (double)sum / count;
    }

    public override string ToString() => $"{Width} x {Height}";
}
