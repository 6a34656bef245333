using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// The path of the pen: a sequence of points. It is reused for each digit, so that drawing allocates nothing.
/// </summary>
internal sealed class InkPath
{
    private readonly List<Point> places = [];
    private readonly List<bool> penDown = [];

    /// <summary>The points, in order. Changing them changes the strokes.</summary>
    public Span<Point> Places => CollectionsMarshal.AsSpan(places);

    /// <summary>For each point, whether the pen draws a line to it from the previous point.</summary>
    public ReadOnlySpan<bool> PenDown => CollectionsMarshal.AsSpan(penDown);

    /// <summary>Removes all points.</summary>
    public void Clear()
    {
        places.Clear();
        penDown.Clear();
    }

    /// <summary>Moves the pen.</summary>
    /// <param name="place">The next point.</param>
    /// <param name="penDown">Whether the pen draws a line to it.</param>
    public void Add(Point place, bool penDown)
    {
        places.Add(place);
        this.penDown.Add(penDown);
    }

    /// <summary>The bounding box of all points: its upper left and lower right corners.</summary>
    public (Point Least, Point Most) Bounds()
    {
        Point least = places[0];
        Point most = places[0];
        foreach (Point place in places)
        {
            least = new Point(Math.Min(least.X, place.X), Math.Min(least.Y, place.Y));
            most = new Point(Math.Max(most.X, place.X), Math.Max(most.Y, place.Y));
        }
        return (least, most);
    }
}
