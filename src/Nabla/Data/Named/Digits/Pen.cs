using Nabla.Kernels;

namespace Nabla;

/// <summary>The pen of one digit: its width at the start and at the end, and the softness of its edge.</summary>
/// <param name="StartRadius">Half the width of the line where the digit begins, in pixels.</param>
/// <param name="EndRadius">Half the width of the line where the digit ends, in pixels; it changes linearly in between.</param>
/// <param name="Softness">Width of the grey edge, in pixels.</param>
internal readonly record struct Pen(double StartRadius, double EndRadius, double Softness)
{
    private const double MeanRadius = 1.3;
    private const double RadiusDeviation = 0.42;
    private const double FeltTips = 0.12;
    private const double ThinnestRadius = 0.7;
    private const double ThickestRadius = 3.2;

    /// <summary>The larger of the two radii.</summary>
    public double LargestRadius => Math.Max(StartRadius, EndRadius);

    /// <summary>Draws a random pen: most are thin, some are thick.</summary>
    /// <param name="stream">Source of random numbers; it advances.</param>
    public static Pen Draw(ref RandomStream stream)
    {
        double radius = MeanRadius + RadiusDeviation * stream.NextNormal();
        if (stream.NextUnit() < FeltTips)
            radius += 1.3 * stream.NextUnit();
        radius = Math.Clamp(radius, ThinnestRadius, ThickestRadius);
        double pressure = Math.Clamp(0.12 * stream.NextNormal(), -0.3, 0.3);
        double softness = 0.8 + 0.5 * stream.NextUnit();
        return new Pen(radius * (1 + pressure), radius * (1 - pressure), softness);
    }
}
