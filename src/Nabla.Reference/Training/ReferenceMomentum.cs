namespace Nabla.Reference;

/// <summary>
/// Stochastic gradient descent with momentum: v = mu v + nabla/n, p = p - eta v; in Nesterov's form p = p - eta (nabla/n + mu v).
/// </summary>
/// <remarks>
/// B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. I. Sutskever, J. Martens, G. Dahl and G. Hinton,
/// "On the importance of initialization and momentum in deep learning", ICML 2013: their parameters are p + mu v, where the gradient is
/// taken; written for those, the step is the one above. Not thread-safe: it keeps v between steps, for
/// one network, and a concurrent call throws <see cref="InvalidOperationException"/>.
/// </remarks>
internal sealed class ReferenceMomentum : ReferenceOptimizer
{
    private readonly double mu;
    private readonly bool nesterov;
    private double[] v = []; // velocity, [parameters]

    private ReferenceMomentum(double eta, double mu, bool nesterov)
        : base(eta)
    {
        if (mu is not (>= 0.0 and < 1.0))
            throw new ArgumentOutOfRangeException(nameof(mu), mu, "mu must be in [0, 1).");
        this.mu = mu;
        this.nesterov = nesterov;
    }

    internal static OptimizerKind Kind { get; } = new(
        "momentum",
        "gradient descent with momentum: v = mu v + nabla/n, p = p - eta v",
        [
            new("learning-rate", "eta, the step size, above 0"),
            new("momentum", "mu, the share of v that is kept, in [0, 1)", 0.9),
            new("nesterov", "1 for p = p - eta (nabla/n + mu v), or 0", 0.0),
        ],
        values => new ReferenceMomentum(values["learning-rate"], values["momentum"], OptimizerKind.IsOn(values, "nesterov")));

    internal override int Remembered => v.Length;

    /// <inheritdoc/>
    public override string ToString() => $"SGD with momentum {mu:G}, eta {LearningRate:G}";

    internal override void Step(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double learningRate, ReadOnlySpan<double> factors)
    {
        if (v.Length == 0)
            v = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double g = nabla[i] / n;
            v[i] = mu * v[i] + g;
            double eta = factors.IsEmpty ? learningRate : learningRate * factors[i];
            parameters[i] -= eta * (nesterov ? g + mu * v[i] : v[i]);
        }
    }
}
