using System.Globalization;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// One way to write a digit: several sketches with the same strokes and points. Any weighted mean of the sketches is also such a digit.
/// </summary>
/// <remarks>
/// A sketch is text: points "x,y" in percent of the glyph's height, y downwards, in the order in which the pen passes them. The pen follows
/// a smooth curve through the points, turns sharply at a point marked "!", and is lifted at "|".
/// </remarks>
internal sealed class Glyph
{
    private readonly Point[][] sketches;

    /// <summary>Parses the sketches.</summary>
    /// <param name="weight">How common this way to write the digit is, relative to the others.</param>
    /// <param name="sketches">At least one sketch; all have the same strokes, points and corners.</param>
    /// <exception cref="ArgumentException">The sketches differ in their strokes.</exception>
    public Glyph(int weight, params string[] sketches)
    {
        Weight = weight;
        (this.sketches, Turns) = (new Point[sketches.Length][], Parse(sketches[0]).Turns);
        for (int i = 0; i < sketches.Length; i++)
        {
            (this.sketches[i], PenTurn[] turns) = Parse(sketches[i]);
            if (!turns.AsSpan().SequenceEqual(Turns))
                throw new ArgumentException($"The strokes of \"{sketches[i]}\" and \"{sketches[0]}\" differ.", nameof(sketches));
        }
    }

    /// <summary>How common this way to write the digit is, relative to the others.</summary>
    public int Weight { get; }

    /// <summary>What the pen does at each point.</summary>
    public PenTurn[] Turns { get; }

    /// <summary>Draws a random mixture of the sketches, and moves each point slightly.</summary>
    /// <param name="stream">Source of random numbers; it advances.</param>
    /// <param name="jitter">Standard deviation of a point's movement, in glyph heights.</param>
    /// <param name="points">Receives the points; cleared first.</param>
    public void Mix(ref RandomStream stream, double jitter, List<Point> points)
    {
        points.Clear();
        Span<double> shares = stackalloc double[sketches.Length];
        double sum = 0;
        foreach (ref double share in shares)
        {
            // The power makes mixtures near one sketch more likely than mixtures of all.
            double u = stream.NextUnit();
            share = u * u * u * u;
            sum += share;
        }
        for (int i = 0; i < Turns.Length; i++)
        {
            var point = new Point(jitter * stream.NextNormal(), jitter * stream.NextNormal());
            for (int s = 0; s < shares.Length; s++)
                point += shares[s] / sum * sketches[s][i];
            points.Add(point);
        }
    }

    private static (Point[] Points, PenTurn[] Turns) Parse(string sketch)
    {
        var points = new List<Point>();
        var turns = new List<PenTurn>();
        foreach (string word in sketch.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "|")
            {
                turns[^1] = PenTurn.Lift;
                continue;
            }
            string[] place = word.TrimEnd('!').Split(',');
            points.Add(new Point(Percent(place[0]), Percent(place[1])));
            turns.Add(word.EndsWith('!') ? PenTurn.Corner : PenTurn.Smooth);
        }
        turns[^1] = PenTurn.Lift;
        return ([.. points], [.. turns]);
    }

    private static double Percent(string number) => int.Parse(number, CultureInfo.InvariantCulture) / 100.0;
}

/// <summary>What the pen does when it arrives at a point of a glyph.</summary>
internal enum PenTurn
{
    /// <summary>Continues in a smooth curve.</summary>
    Smooth,

    /// <summary>Turns sharply.</summary>
    Corner,

    /// <summary>Ends the stroke.</summary>
    Lift,
}
