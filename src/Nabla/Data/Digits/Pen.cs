using Nabla.Kernels;

namespace Nabla;

/// <summary>A pen as it was held for one digit: how thick it draws, how hard it is pressed, how soft its edge is.</summary>
/// <param name="StartRadius">Half the width of the line where the digit begins, in pixels.</param>
/// <param name="EndRadius">Half the width where it ends; in between it changes evenly.</param>
/// <param name="Softness">Width of the grey edge, in pixels.</param>
internal readonly record struct Pen(double StartRadius, double EndRadius, double Softness)
{
    private const double ThinnestRadius = 0.55;

    /// <summary>The larger of the two radii.</summary>
    public double LargestRadius => Math.Max(StartRadius, EndRadius);

    /// <summary>Picks a pen: most are thin, some are thick.</summary>
    /// <param name="stream">Where the randomness comes from; it moves on.</param>
    public static Pen Draw(ref RandomStream stream)
    {
        // The sum of two squares of normals is skewed as the widths of real pens are: many near the mean, a long tail of felt tips.
        double a = stream.NextNormal();
        double b = stream.NextNormal();
        double radius = Math.Min(ThinnestRadius + 0.22 + 0.22 * (a * a + b * b) + 0.22 * stream.NextUnit(), 2.6);
        double pressure = Math.Clamp(0.12 * stream.NextNormal(), -0.3, 0.3);
        double softness = 0.9 + 0.7 * stream.NextUnit();
        return new Pen(radius * (1 + pressure), radius * (1 - pressure), softness);
    }
}
