namespace Nabla.Explain;

/// <summary>A point of a curve. Immutable.</summary>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Vertical.</param>
public readonly record struct CurvePoint(double X, double Y)
{
    /// <summary>
    /// Leaves out points of a rising curve from (0, 0) to (1, 1), so that those left are about equally far from each other.
    /// </summary>
    internal static IReadOnlyList<CurvePoint> Thin(IReadOnlyList<CurvePoint> points, int most)
    {
        var kept = new List<CurvePoint> { points[0] };
        for (int i = 1; i < points.Count - 1; i++)
        {
            // The way along the axes is 2 from end to end.
            if (points[i + 1].X - kept[^1].X + points[i + 1].Y - kept[^1].Y >= 2.0 / most)
                kept.Add(points[i]);
        }
        kept.Add(points[^1]);
        return kept;
    }
}
