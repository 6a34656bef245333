using System.Globalization;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// One way in which people write a digit: sketches with the same strokes and points, between which every mixture is a drawing too.
/// </summary>
/// <remarks>
/// A sketch is text: points "x,y" in percent of the glyph's height, y downwards, in the order in which the pen passes them. The pen goes
/// through them in a smooth curve, except that it turns sharply at a point marked "!" and is lifted at "|".
/// </remarks>
internal sealed class Glyph
{
    private readonly Point[][] sketches;

    /// <summary>Reads the sketches.</summary>
    /// <param name="weight">How common this way is among the ways to write its digit, in parts of any size.</param>
    /// <param name="sketches">At least one; all with the same strokes, points and corners.</param>
    /// <exception cref="ArgumentException">The sketches differ in their strokes.</exception>
    public Glyph(int weight, params string[] sketches)
    {
        Weight = weight;
        (this.sketches, Turns) = (new Point[sketches.Length][], Parse(sketches[0]).Turns);
        for (int i = 0; i < sketches.Length; i++)
        {
            (this.sketches[i], PenTurn[] turns) = Parse(sketches[i]);
            if (!turns.AsSpan().SequenceEqual(Turns))
                throw new ArgumentException($"The sketch \"{sketches[i]}\" has other strokes than \"{sketches[0]}\".", nameof(sketches));
        }
    }

    /// <summary>How common this way is among the ways to write its digit.</summary>
    public int Weight { get; }

    /// <summary>What the pen does at each point.</summary>
    public PenTurn[] Turns { get; }

    /// <summary>Draws a random mixture of the sketches, each point a little out of its place.</summary>
    /// <param name="stream">Where the randomness comes from; it moves on.</param>
    /// <param name="jitter">Standard deviation of a point's place, in glyph heights.</param>
    /// <param name="points">Receives the points; emptied first.</param>
    public void Mix(ref RandomStream stream, double jitter, List<Point> points)
    {
        points.Clear();
        Span<double> shares = stackalloc double[sketches.Length];
        double sum = 0;
        foreach (ref double share in shares)
        {
            // The power leaves more hands near one sketch than in the middle of all.
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
    /// <summary>Goes on in a smooth curve.</summary>
    Smooth,

    /// <summary>Turns sharply.</summary>
    Corner,

    /// <summary>Ends the stroke.</summary>
    Lift,
}
