namespace Nabla.Reference;

/// <summary>RMSprop: s = alpha s + (1 - alpha) g^2, p = p - eta g / (sqrt(s) + epsilon), where g = nabla/n.</summary>
/// <remarks>
/// T. Tieleman and G. Hinton, "Lecture 6.5 - rmsprop", COURSERA: Neural networks for machine learning, 2012. Not thread-safe: it keeps s
/// between steps, for one network, and a concurrent call throws <see cref="InvalidOperationException"/>.
/// </remarks>
internal sealed class ReferenceRmsProp : ReferenceOptimizer
{
    private readonly double alpha;
    private readonly double epsilon;
    private double[] s = []; // running mean of g^2, [parameters]

    private ReferenceRmsProp(double eta, double alpha, double epsilon)
        : base(eta)
    {
        if (alpha is not (>= 0.0 and < 1.0))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha must be in [0, 1).");
        if (!double.IsFinite(epsilon) || epsilon <= 0.0)
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon must be finite and above 0.");
        this.alpha = alpha;
        this.epsilon = epsilon;
    }

    internal static OptimizerKind Kind { get; } = new(
        "rmsprop",
        "root mean square: p = p - eta g / (sqrt(s) + epsilon)",
        [
            new("learning-rate", "eta, the step size, above 0", 0.01),
            new("alpha", "decay rate of the mean of the squares, in [0, 1)", 0.99),
            new("epsilon", "added to the root, above 0", 1e-8),
        ],
        values => new ReferenceRmsProp(values["learning-rate"], values["alpha"], values["epsilon"]));

    internal override int Remembered => s.Length;

    /// <inheritdoc/>
    public override string ToString() => $"RMSprop, eta {LearningRate:G}";

    internal override void Step(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double learningRate, ReadOnlySpan<double> factors)
    {
        if (s.Length == 0)
            s = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double g = nabla[i] / n;
            s[i] = alpha * s[i] + (1.0 - alpha) * g * g;
            double eta = factors.IsEmpty ? learningRate : learningRate * factors[i];
            parameters[i] -= eta * g / (Math.Sqrt(s[i]) + epsilon);
        }
    }
}
