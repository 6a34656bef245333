using Nabla.Kernels;

namespace Nabla;

/// <summary>Draws digits. An image depends on seed and example alone. Not safe for concurrent use.</summary>
internal sealed class DigitPainter
{
    private const double PointDeviation = 0.055;

    private readonly List<Point> points = [];
    private readonly InkPath path = new();
    private readonly byte[] ink = new byte[Centring.Side * Centring.Side];

    /// <summary>Draws an example.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="stream">The random numbers of this example.</param>
    /// <param name="image">Receives the ink, [28, 28].</param>
    public void Draw(int digit, RandomStream stream, Span<byte> image)
    {
        Glyph glyph = Glyphs.Pick(digit, ref stream);
        glyph.Mix(ref stream, PointDeviation, points);
        SmoothCurve.Flatten(points, glyph.Turns, path);
        Distortion.Apply(ref stream, path);
        Pen pen = Pen.Draw(ref stream);
        Centring.FitIntoBox(path, pen.LargestRadius);
        InkRaster.Draw(path, pen, Centring.Side, ink);
        Centring.MoveToMiddle(ink, image);
    }
}
