namespace Nabla.Reference;

/// <summary>C = -sum_j (y_j ln a_j + (1 - y_j) ln(1 - a_j)) with a = sigmoid(z); each y_j lies in [0, 1].</summary>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed class SigmoidCrossEntropyCost() : ReferenceCost("cross-entropy of sigmoid")
{
    internal static CostKind Kind { get; } = CostKind.WithOutput(
        "sigmoid", "cross-entropy", "-sum_j (y_j ln a_j + (1 - y_j) ln(1 - a_j)) of sigmoids", [], _ => new SigmoidCrossEntropyCost());

    /// <inheritdoc/>
    public override void Output(ReadOnlySpan<double> z, Span<double> a) => ReferenceActivation.Sigmoid.Apply(z, a);

    /// <summary>C, computed from z: a logarithm of a would be infinite where a has rounded to 0 or 1.</summary>
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        // -ln sigmoid(z) = max(z, 0) - z + ln(1 + exp(-|z|)), and -ln(1 - sigmoid(z)) is z more.
        double sum = 0.0;
        for (int j = 0; j < z.Length; j++)
            sum += Math.Max(z[j], 0.0) - y[j] * z[j] + LogOfOnePlus(Math.Exp(-Math.Abs(z[j])));
        return sum;
    }

    /// <summary>delta = a - y: the derivative of the logarithms cancels the sigmoid's. Valid for this pair only.</summary>
    /// <inheritdoc/>
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta) =>
        Difference(a, y, delta);

    // ln(1 + x) without the loss of a small x (Kahan, in: Goldberg, "What every computer scientist should know...", theorem 4).
    private static double LogOfOnePlus(double x)
    {
        double u = 1.0 + x;
        return u == 1.0 ? x : Math.Log(u) * x / (u - 1.0);
    }
}
