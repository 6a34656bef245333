namespace Nabla;

/// <summary>
/// Turns a path into pixels. The darkness of a pixel depends on the distance of its centre from the line.
/// </summary>
internal static class InkRaster
{
    /// <summary>Draws a path on a blank square image.</summary>
    /// <param name="path">The path, in pixels; (0, 0) is the upper left corner of the image.</param>
    /// <param name="pen">The pen.</param>
    /// <param name="side">Width and height of the image, in pixels.</param>
    /// <param name="ink">Receives the ink, [side, side]: from 0 (none) to 255 (full).</param>
    public static void Draw(InkPath path, Pen pen, int side, Span<byte> ink)
    {
        ink.Clear();
        ReadOnlySpan<Point> places = path.Places;
        double step = (pen.EndRadius - pen.StartRadius) / places.Length;
        for (int i = 1; i < places.Length; i++)
        {
            if (path.PenDown[i])
                DrawSegment(places[i - 1], places[i], pen.StartRadius + step * i, pen.Softness, side, ink);
        }
    }

    /// <summary>
    /// Darkens the pixels near a line segment. Only pixels within reach of the pen are visited.
    /// </summary>
    private static void DrawSegment(Point from, Point to, double radius, double softness, int side, Span<byte> ink)
    {
        double reach = radius + softness / 2;
        int left = FirstPixel(Math.Min(from.X, to.X) - reach);
        int right = LastPixel(Math.Max(from.X, to.X) + reach, side);
        int top = FirstPixel(Math.Min(from.Y, to.Y) - reach);
        int bottom = LastPixel(Math.Max(from.Y, to.Y) + reach, side);
        Point along = to - from;
        double squaredLength = along.X * along.X + along.Y * along.Y;
        double inverse = squaredLength > 0 ? 1 / squaredLength : 0;
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                Point away = new(column + 0.5 - from.X, row + 0.5 - from.Y);
                double t = Math.Clamp((away.X * along.X + away.Y * along.Y) * inverse, 0, 1);
                Point gap = away - t * along;
                double squaredDistance = gap.X * gap.X + gap.Y * gap.Y;
                if (squaredDistance >= reach * reach)
                    continue;
                double cover = Math.Min((reach - Math.Sqrt(squaredDistance)) / softness, 1);
                ref byte pixel = ref ink[row * side + column];
                pixel = Math.Max(pixel, (byte)(255 * cover + 0.5));
            }
        }
    }

    private static int FirstPixel(double edge) => Math.Max((int)edge, 0);

    private static int LastPixel(double edge, int side) => Math.Min((int)edge, side - 1);
}
