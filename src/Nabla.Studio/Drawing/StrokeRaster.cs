using Nabla.Images;

namespace Nabla.Studio;

/// <summary>Draws strokes as light ink on black, as large as a scan of one character.</summary>
internal static class StrokeRaster
{
    private const int Side = 280;
    private const int MostPoints = 20_000;
    private const double LeastRadius = 0.75;

    /// <summary>Draws.</summary>
    /// <exception cref="InvalidInputException">A number is missing, not finite or out of range.</exception>
    public static GreyImage Draw(DrawingMessage drawing)
    {
        Check(drawing);
        double scale = Side / Math.Max(drawing.Width, drawing.Height);
        var image = new GreyImage(
            Math.Max(1, (int)Math.Round(drawing.Width * scale)), Math.Max(1, (int)Math.Round(drawing.Height * scale)), []);
        image = image with { Levels = new byte[image.Width * image.Height] };
        double radius = Math.Max(LeastRadius, drawing.Pen * scale / 2);
        foreach (var stroke in drawing.Strokes)
        {
            for (int i = 0; i < stroke.Count; i += 2)
            {
                // A stroke of one point is a dot: a line to itself.
                int next = i + 3 < stroke.Count ? i + 2 : i;
                if (next == i && i > 0)
                    break;
                Line(image, stroke[i] * scale, stroke[i + 1] * scale, stroke[next] * scale, stroke[next + 1] * scale, radius);
            }
        }
        return image;
    }

    private static void Check(DrawingMessage drawing)
    {
        Require(drawing is { Width: > 0 and <= 10_000, Height: > 0 and <= 10_000 }, "the size of the pad", "it must be from 1 to 10000");
        Require(drawing.Width / drawing.Height is >= 0.1 and <= 10, "the size of the pad", "one side is more than ten times the other");
        Require(drawing.Pen > 0 && drawing.Pen <= drawing.Width, "the pen", "it must be thinner than the pad");
        Require(drawing.Strokes.All(stroke => stroke is not null), "a stroke", "it is missing");
        long numbers = drawing.Strokes.Sum(stroke => (long)stroke.Count);
        Require(numbers <= 2 * MostPoints, "the strokes", $"they have more than {MostPoints} points");
        foreach (var stroke in drawing.Strokes)
        {
            Require(stroke.Count > 0 && stroke.Count % 2 == 0, "a stroke", "its numbers are not pairs of x and y");
            Require(stroke.All(value => Math.Abs(value) <= 20_000), "a stroke", "a point is far outside of the pad");
        }
    }

    private static void Require(bool holds, string where, string why)
    {
        if (!holds)
            throw new InvalidInputException("cannot read the drawing", where, why, "Clear the pad and draw again.");
    }

    /// <summary>A line with round ends. Its edge has the level of the share that it covers, about a pixel wide.</summary>
    private static void Line(GreyImage image, double x0, double y0, double x1, double y1, double radius)
    {
        double reach = radius + 1;
        int left = Limit(Math.Min(x0, x1) - reach, image.Width), right = Limit(Math.Max(x0, x1) + reach, image.Width);
        int top = Limit(Math.Min(y0, y1) - reach, image.Height), bottom = Limit(Math.Max(y0, y1) + reach, image.Height);
        double dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                double px = x + 0.5 - x0, py = y + 0.5 - y0;
                double along = square > 0 ? Math.Clamp((px * dx + py * dy) / square, 0, 1) : 0;
                double ox = px - along * dx, oy = py - along * dy;
                double cover = Math.Clamp(radius + 0.5 - Math.Sqrt(ox * ox + oy * oy), 0, 1);
                ref byte level = ref image.Levels[y * image.Width + x];
                level = Math.Max(level, (byte)(255 * cover + 0.5));
            }
        }

        static int Limit(double place, int size) => (int)Math.Clamp(Math.Ceiling(place), 0, size);
    }
}
