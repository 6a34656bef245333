using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// The path of the pen: a sequence of points. It is reused for each digit, so that drawing allocates nothing.
/// </summary>
internal sealed class InkPath
{
    private readonly List<Point> points = [];
    private readonly List<bool> penDown = [];

    /// <summary>The points, in order. Changing them changes the strokes.</summary>
    public Span<Point> Places => CollectionsMarshal.AsSpan(points);

    /// <summary>For each point, whether the pen draws a line to it from the previous point.</summary>
    public ReadOnlySpan<bool> PenDown => CollectionsMarshal.AsSpan(penDown);

    /// <summary>Removes all points.</summary>
    public void Clear()
    {
        points.Clear();
        penDown.Clear();
    }

    /// <summary>Moves the pen.</summary>
    /// <param name="point">The next point.</param>
    /// <param name="penDown">Whether the pen draws a line to it.</param>
    public void Add(Point point, bool penDown)
    {
        points.Add(point);
        this.penDown.Add(penDown);
    }

    /// <summary>The bounding box of all points: its upper left and lower right corners.</summary>
    public (Point Least, Point Most) Bounds()
    {
        Point least = points[0];
        Point most = points[0];
        foreach (Point point in points)
        {
            least = new Point(Math.Min(least.X, point.X), Math.Min(least.Y, point.Y));
            most = new Point(Math.Max(most.X, point.X), Math.Max(most.Y, point.Y));
        }
        return (least, most);
    }
}
