using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>A smooth curve through the points of a glyph: cubic Bezier curves, divided into short line segments.</summary>
/// <remarks>
/// The tangent at a point is parallel to the chord between its neighbours (Catmull and Rom 1974), and scaled to the length of the curve
/// piece, so that unevenly spaced points make no loops. At corners and ends the curve is a parabola.
/// </remarks>
internal static class SmoothCurve
{
    private const int PiecesPerCurve = 5;

    /// <summary>Converts the strokes to line segments.</summary>
    /// <param name="points">The glyph's points.</param>
    /// <param name="turns">What the pen does at each point.</param>
    /// <param name="path">Receives the points along the strokes.</param>
    public static void Flatten(List<Point> points, PenTurn[] turns, InkPath path)
    {
        path.Clear();
        Span<Point> all = CollectionsMarshal.AsSpan(points);
        int start = 0;
        bool penIsDown = false;
        for (int i = 0; i < all.Length; i++)
        {
            if (turns[i] == PenTurn.Smooth)
                continue;
            if (!penIsDown)
                path.Add(all[start], penDown: false);
            FlattenRun(all[start..(i + 1)], path);
            penIsDown = turns[i] == PenTurn.Corner;
            start = penIsDown ? i : i + 1;
        }
    }

    private static void FlattenRun(ReadOnlySpan<Point> run, InkPath path)
    {
        for (int i = 0; i + 1 < run.Length; i++)
        {
            double length = (run[i + 1] - run[i]).Length;
            Point leave = run[i] + length / 3 * Direction(run, i);
            Point arrive = run[i + 1] - length / 3 * Direction(run, i + 1);
            if (i == 0)
                leave = 0.5 * (run[i] + arrive);
            if (i + 2 == run.Length)
                arrive = 0.5 * (run[i + 1] + leave);
            for (int piece = 1; piece <= PiecesPerCurve; piece++)
                path.Add(Bezier(run[i], leave, arrive, run[i + 1], piece / (double)PiecesPerCurve), penDown: true);
        }
    }

    /// <summary>
    /// The tangent at a point inside a run, relative to the length of its chords; zero at the ends, which lack a neighbour.
    /// </summary>
    private static Point Direction(ReadOnlySpan<Point> run, int i)
    {
        if (i == 0 || i == run.Length - 1)
            return default;
        double around = (run[i] - run[i - 1]).Length + (run[i + 1] - run[i]).Length;
        return around == 0 ? default : 1 / around * (run[i + 1] - run[i - 1]);
    }

    private static Point Bezier(Point a, Point b, Point c, Point d, double t)
    {
        double s = 1 - t;
        return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    }
}
