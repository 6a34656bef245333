using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// The way of the pen over the paper, place by place. It is filled anew for each digit, so that drawing allocates nothing.
/// </summary>
internal sealed class InkPath
{
    private readonly List<Point> places = [];
    private readonly List<bool> penDown = [];

    /// <summary>The places, in order; changing them bends the strokes.</summary>
    public Span<Point> Places => CollectionsMarshal.AsSpan(places);

    /// <summary>For each place, whether the pen drew on its way there from the place before.</summary>
    public ReadOnlySpan<bool> PenDown => CollectionsMarshal.AsSpan(penDown);

    /// <summary>Forgets all places.</summary>
    public void Clear()
    {
        places.Clear();
        penDown.Clear();
    }

    /// <summary>Moves the pen.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="penDown">Whether it draws on the way.</param>
    public void Add(Point place, bool penDown)
    {
        places.Add(place);
        this.penDown.Add(penDown);
    }

    /// <summary>The smallest rectangle around all places: its upper left and lower right corners.</summary>
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
