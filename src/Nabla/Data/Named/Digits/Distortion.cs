using Nabla.Kernels;

namespace Nabla;

/// <summary>The variation of handwriting: an elastic deformation, then aspect ratio, slant and rotation.</summary>
internal static class Distortion
{
    private const double ElasticDeviation = 0.19;
    private const double AspectDeviation = 0.17;
    private const double SlantDeviation = 0.21;
    private const double MeanSlant = 0.13;
    private const double RotationDeviation = 0.07;

    /// <summary>Deforms a path in or near the unit square.</summary>
    /// <param name="stream">Source of random numbers; it advances.</param>
    /// <param name="path">The path to change.</param>
    public static void Apply(ref RandomStream stream, InkPath path)
    {
        Span<Point> lattice = stackalloc Point[ElasticLattice.Size];
        ElasticLattice.Fill(lattice, ref stream, ElasticDeviation);
        double aspect = PositiveFactor(AspectDeviation * stream.NextNormal());
        double slant = MeanSlant + SlantDeviation * stream.NextNormal();
        Rotation rotation = Rotation.ByHalfTangent(RotationDeviation / 2 * stream.NextNormal());
        foreach (ref Point place in path.Places)
        {
            Point p = place + ElasticLattice.Displacement(lattice, place);
            place = rotation.Turn(new Point(aspect * p.X - slant * p.Y, p.Y));
        }
    }

    /// <summary>A factor near 1; f and 1 / f are equally likely. Approximates e^x by (2 + x) / (2 - x).</summary>
    private static double PositiveFactor(double x)
    {
        double bounded = Math.Clamp(x, -1, 1);
        return (2 + bounded) / (2 - bounded);
    }

    /// <summary>
    /// A rotation from the tangent t of half its angle: cos = (1 - t^2) / (1 + t^2), sin = 2t / (1 + t^2), without calling either.
    /// </summary>
    private readonly record struct Rotation(double Cosine, double Sine)
    {
        public static Rotation ByHalfTangent(double t) => new((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t));

        public Point Turn(Point p) => new(Cosine * p.X - Sine * p.Y, Sine * p.X + Cosine * p.Y);
    }
}
