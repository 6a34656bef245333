using Nabla.Kernels;

namespace Nabla;

/// <summary>A smooth random deformation of the unit square: a 4 x 4 lattice of displacements, weighted by Bernstein polynomials.</summary>
/// <remarks>Sederberg and Parry, "Free-form deformation of solid geometric models" (SIGGRAPH 1986), in two dimensions.</remarks>
internal static class ElasticLattice
{
    private const int Side = 4;

    /// <summary>Number of displacements in a lattice.</summary>
    public const int Size = Side * Side;

    /// <summary>Draws the displacements.</summary>
    /// <param name="lattice">Receives the displacements, [Size], row by row.</param>
    /// <param name="stream">Source of random numbers; it advances.</param>
    /// <param name="deviation">Standard deviation of each coordinate, as a fraction of the square's side.</param>
    public static void Fill(Span<Point> lattice, ref RandomStream stream, double deviation)
    {
        foreach (ref Point displacement in lattice)
            displacement = new Point(deviation * stream.NextNormal(), deviation * stream.NextNormal());
    }

    /// <summary>The displacement of a point.</summary>
    /// <param name="lattice">The displacements, [Size].</param>
    /// <param name="point">A point; outside the square, the nearest point of the square counts.</param>
    public static Point Displacement(ReadOnlySpan<Point> lattice, Point point)
    {
        Span<double> across = stackalloc double[Side];
        Span<double> down = stackalloc double[Side];
        Bernstein(Math.Clamp(point.X, 0, 1), across);
        Bernstein(Math.Clamp(point.Y, 0, 1), down);
        Point sum = default;
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
                sum += down[row] * across[column] * lattice[row * Side + column];
        }
        return sum;
    }

    private static void Bernstein(double t, Span<double> weights)
    {
        double s = 1 - t;
        weights[0] = s * s * s;
        weights[1] = 3 * s * s * t;
        weights[2] = 3 * s * t * t;
        weights[3] = t * t * t;
    }
}
