namespace Nabla.Kernels;

/// <summary>Normal deviates from + - * / alone, so that they have the same bits on every system.</summary>
/// <remarks>
/// Kinderman and Monahan's ratio of uniforms (1977) with the quadratic bounds of Leva, "A fast normal random number generator" (1992):
/// v / u is normal where v^2 is at most -4 u^2 ln u. With these bounds only about one pair in a hundred needs the logarithm.
/// </remarks>
internal static class NormalDeviate
{
    /// <summary>Draws uniform pairs until one is accepted (1.37 pairs on average) and returns its ratio.</summary>
    public static double Next(ref RandomStream stream)
    {
        while (true)
        {
            double u = stream.NextUnit();
            double v = 1.7156 * (stream.NextUnit() - 0.5);
            double x = u - 0.449871;
            double y = Math.Abs(v) + 0.386595;
            double q = x * x + y * (0.19600 * y - 0.25472 * x);
            if (q < 0.27597 || (q <= 0.27846 && v * v <= -4 * u * u * DoubleLogarithm.Of(u)))
                return v / u;
        }
    }
}
