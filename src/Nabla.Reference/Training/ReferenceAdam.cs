namespace Nabla.Reference;

/// <summary>Adam: steps by a running mean of the gradient over the root of a running mean of its square.</summary>
/// <remarks>
/// D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. Decay comes inside the gradient
/// (L2), not beside it (AdamW).
/// </remarks>
/// <param name="eta">Learning rate, above 0 (the paper's alpha).</param>
/// <param name="beta1">Memory of the mean, in [0, 1).</param>
/// <param name="beta2">Memory of the squares, in [0, 1).</param>
/// <param name="epsilon">What keeps the quotient finite, above 0.</param>
public sealed class ReferenceAdam(double eta = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : ReferenceOptimizer
{
    private double[] m = [];
    private double[] v = [];
    private double beta1ToTheT = 1.0;
    private double beta2ToTheT = 1.0;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of parameters is not that of the first step.</exception>
    public override void Update(ReadOnlySpan<double> nabla, int n, Span<double> parameters)
    {
        if (m.Length == 0)
            (m, v) = (new double[parameters.Length], new double[parameters.Length]);
        if (m.Length != parameters.Length)
            throw new ArgumentException($"Adam remembers {m.Length} parameters, not {parameters.Length}: use one for each network.", nameof(parameters));
        beta1ToTheT *= beta1;
        beta2ToTheT *= beta2;
        for (int i = 0; i < parameters.Length; i++)
        {
            double g = nabla[i] / n;
            m[i] = beta1 * m[i] + (1.0 - beta1) * g;
            v[i] = beta2 * v[i] + (1.0 - beta2) * g * g;
            // Both began at zero, and are too small by these factors for the first steps.
            double mHat = m[i] / (1.0 - beta1ToTheT);
            double vHat = v[i] / (1.0 - beta2ToTheT);
            parameters[i] -= eta * mHat / (Math.Sqrt(vHat) + epsilon);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Adam, eta {eta:G}";
}
