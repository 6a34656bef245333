namespace Nabla.Reference;

/// <summary>C = -sum_j (y_j ln a_j + (1 - y_j) ln(1 - a_j)) with a = sigmoid(z); each y_j lies in [0, 1].</summary>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed class SigmoidCrossEntropyCost : ReferenceCost
{
    private readonly double s;

    /// <summary>Cross-entropy of sigmoids.</summary>
    /// <param name="labelSmoothing">s, from 0 to below 1: y_j becomes (1 - s) y_j + s/2.</param>
    /// <exception cref="ArgumentOutOfRangeException">s is not from 0 to below 1.</exception>
    public SigmoidCrossEntropyCost(double labelSmoothing = 0.0)
        : this("cross-entropy", labelSmoothing)
    {
    }

    private SigmoidCrossEntropyCost(string loss, double labelSmoothing)
        : base($"{loss} of sigmoid") => s = LabelSmoothing.Require(labelSmoothing);

    internal static CostKind Kind { get; } = CostKind.WithOutput(
        "sigmoid", "cross-entropy", "-sum_j (y_j ln a_j + (1 - y_j) ln(1 - a_j)) of sigmoids", LabelSmoothing.Parameters,
        values => new SigmoidCrossEntropyCost(LabelSmoothing.Of(values)));

    /// <summary>The same for values from 0 to 1, which stand for themselves.</summary>
    internal static CostKind BinaryKind { get; } = CostKind.WithOutput(
        "sigmoid", "binary-cross-entropy", "cross-entropy of sigmoids, for several columns of yes (1) or no (0)", [],
        _ => new SigmoidCrossEntropyCost("binary-cross-entropy", labelSmoothing: 0.0));

    /// <inheritdoc/>
    public override void Output(ReadOnlySpan<double> z, Span<double> a) => ReferenceActivation.Sigmoid.Apply(z, a);

    /// <summary>C, computed from z: a logarithm of a would be infinite where a has rounded to 0 or 1.</summary>
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        // -ln sigmoid(z) = max(z, 0) - z + ln(1 + exp(-|z|)), and -ln(1 - sigmoid(z)) is z more.
        double sum = 0.0;
        for (int j = 0; j < z.Length; j++)
            sum += Math.Max(z[j], 0.0) - Smooth(y[j]) * z[j] + LogOfOnePlus(Math.Exp(-Math.Abs(z[j])));
        return sum;
    }

    /// <summary>delta = a - y: the derivative of the logarithms cancels the sigmoid's. Valid for this pair only.</summary>
    /// <inheritdoc/>
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        for (int j = 0; j < a.Length; j++)
            delta[j] = a[j] - Smooth(y[j]);
    }

    // y + s (1/2 - y): exactly y where s is 0.
    private double Smooth(double y) => y + s * (0.5 - y);

    // ln(1 + x) without the loss of a small x (Kahan, in: Goldberg, "What every computer scientist should know...", theorem 4).
    private static double LogOfOnePlus(double x)
    {
        double u = 1.0 + x;
        return u == 1.0 ? x : Math.Log(u) * x / (u - 1.0);
    }
}
