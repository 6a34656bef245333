using Nabla.Kernels;

namespace Nabla;

/// <summary>Limits on a gradient, for a training loop of your own. <see cref="TrainingOptions"/> has both as options.</summary>
/// <remarks>Thread-safe for different gradients. Every number of threads gives the same bits.</remarks>
public static class GradientClipping
{
    /// <summary>Sets each number beyond a magnitude to it, in place. NaN stays NaN.</summary>
    /// <param name="largest">The largest magnitude, above 0.</param>
    /// <param name="gradient">[parameters].</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static void ClipValue(float largest, Span<float> gradient)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        Elementwise.Limit(largest, gradient);
    }

    /// <summary>Shortens a gradient to a Euclidean norm if it is longer, in place (Pascanu, Mikolov and Bengio, 2013).</summary>
    /// <param name="largest">The largest norm, above 0.</param>
    /// <param name="gradient">[parameters].</param>
    /// <returns>The norm before; NaN if a number of the gradient is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static double ClipNorm(float largest, Span<float> gradient)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        double norm = Norm(gradient);
        if (norm > largest)
            Elementwise.Scale((float)(largest / norm), gradient);
        return norm;
    }

    // One chain in the order of the parameters, so that no number of threads changes it.
    private static double Norm(ReadOnlySpan<float> gradient)
    {
        double sum = 0;
        foreach (float slope in gradient)
            sum += (double)slope * slope;
        return double.Sqrt(sum);
    }
}
