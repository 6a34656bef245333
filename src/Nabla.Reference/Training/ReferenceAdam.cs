namespace Nabla.Reference;

/// <summary>Adam: steps by a running mean of the gradient, divided by the root of a running mean of its square.</summary>
/// <remarks>
/// D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. Weight decay is part of the gradient
/// (L2), not a separate term (AdamW). AMSGrad: S. J. Reddi, S. Kale and S. Kumar, "On the convergence of Adam and beyond", ICLR 2018, with
/// Adam's corrections for the first steps, as in PyTorch. Not thread-safe: it keeps both means between steps, for one network, and a
/// concurrent call throws <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class ReferenceAdam : ReferenceOptimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly bool amsgrad;
    private double[] m = []; // running mean of g, [parameters]
    private double[] v = []; // running mean of g^2, [parameters]
    private double[] largest = []; // the largest v so far, [parameters]; for AMSGrad
    private double beta1ToTheT = 1.0;
    private double beta2ToTheT = 1.0;

    /// <summary>An optimizer before its first step.</summary>
    /// <param name="eta">Learning rate, finite and above 0 (the paper's alpha).</param>
    /// <param name="beta1">Decay rate of the running mean of the gradient, in [0, 1).</param>
    /// <param name="beta2">Decay rate of the running mean of the squares, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, so that the quotient stays finite; finite and above 0.</param>
    /// <param name="amsgrad">Whether a step divides by the largest running mean of squares so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public ReferenceAdam(
        double eta = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool amsgrad = false)
        : base(eta)
    {
        if (beta1 is not (>= 0.0 and < 1.0))
            throw new ArgumentOutOfRangeException(nameof(beta1), beta1, "beta1 must be in [0, 1).");
        if (beta2 is not (>= 0.0 and < 1.0))
            throw new ArgumentOutOfRangeException(nameof(beta2), beta2, "beta2 must be in [0, 1).");
        if (!double.IsFinite(epsilon) || epsilon <= 0.0)
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon must be finite and above 0.");
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.amsgrad = amsgrad;
    }

    internal static OptimizerKind Kind { get; } = new(
        "adam", "adaptive moments: p = p - eta mHat / (sqrt(vHat) + epsilon)", Parameters, Create);

    /// <summary>Adam's parameters, which AdamW has too.</summary>
    internal static IReadOnlyList<ReferenceKindParameter> Parameters =>
    [
        new("learning-rate", "eta, the step size, above 0", 0.001),
        new("beta1", "decay rate of the mean of the gradient, in [0, 1)", 0.9),
        new("beta2", "decay rate of the mean of the squares, in [0, 1)", 0.999),
        new("epsilon", "added to the root, above 0", 1e-8),
        new("amsgrad", "1 to divide by the largest mean of the squares so far, or 0", 0.0),
    ];

    /// <summary>Creates it, given a value for each parameter.</summary>
    internal static ReferenceAdam Create(IReadOnlyDictionary<string, double> values) => new(
        values["learning-rate"], values["beta1"], values["beta2"], values["epsilon"], OptimizerKind.IsOn(values, "amsgrad"));

    internal override int Remembered => m.Length;

    /// <inheritdoc/>
    public override string ToString() => $"Adam, eta {LearningRate:G}";

    internal override void Step(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double learningRate, ReadOnlySpan<double> factors)
    {
        if (m.Length == 0)
            (m, v, largest) = (new double[parameters.Length], new double[parameters.Length], new double[parameters.Length]);
        beta1ToTheT *= beta1;
        beta2ToTheT *= beta2;
        for (int i = 0; i < parameters.Length; i++)
        {
            double g = nabla[i] / n;
            m[i] = beta1 * m[i] + (1.0 - beta1) * g;
            v[i] = beta2 * v[i] + (1.0 - beta2) * g * g;
            largest[i] = Math.Max(largest[i], v[i]);
            // Both means began at zero, and are too small by these factors in the first steps.
            double mHat = m[i] / (1.0 - beta1ToTheT);
            double vHat = (amsgrad ? largest[i] : v[i]) / (1.0 - beta2ToTheT);
            double eta = factors.IsEmpty ? learningRate : learningRate * factors[i];
            parameters[i] -= eta * mHat / (Math.Sqrt(vHat) + epsilon);
        }
    }
}
