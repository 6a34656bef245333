namespace Nabla.Reference;

/// <summary>C = -sum_j y_j ln a_j with a = softmax(z) = exp(z_j) / sum_k exp(z_k); the y_j add up to 1.</summary>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed class SoftmaxCrossEntropyCost : ReferenceCost
{
    private readonly double s;

    /// <summary>Cross-entropy of softmax.</summary>
    /// <param name="labelSmoothing">s, from 0 to below 1: y_j becomes (1 - s) y_j + s/K with K outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">s is not from 0 to below 1.</exception>
    public SoftmaxCrossEntropyCost(double labelSmoothing = 0.0)
        : base("cross-entropy of softmax") => s = LabelSmoothing.Require(labelSmoothing);

    internal static CostKind Kind { get; } = CostKind.WithOutput(
        "softmax", "cross-entropy", "-sum_j y_j ln a_j of a softmax", LabelSmoothing.Parameters,
        values => new SoftmaxCrossEntropyCost(LabelSmoothing.Of(values)));

    /// <inheritdoc/>
    public override void Output(ReadOnlySpan<double> z, Span<double> a)
    {
        // The largest z is subtracted first, so that no exponential overflows and one of them is 1; the quotient stays the same.
        double largest = Largest(z), sum = 0.0;
        for (int j = 0; j < z.Length; j++)
        {
            a[j] = Math.Exp(z[j] - largest);
            sum += a[j];
        }
        for (int j = 0; j < z.Length; j++)
            a[j] /= sum;
    }

    /// <summary>C, computed from z: ln a_j = z_j - ln sum_k exp(z_k) stays finite where a_j has rounded to 0.</summary>
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double logSum = LogSumExp(z);
        double sum = 0.0;
        for (int j = 0; j < z.Length; j++)
            sum += Smooth(y[j], y.Length) * (logSum - z[j]);
        return sum;
    }

    /// <summary>delta = a - y. Valid for this pair only, and because the y_j add up to 1.</summary>
    /// <inheritdoc/>
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        for (int j = 0; j < a.Length; j++)
            delta[j] = a[j] - Smooth(y[j], y.Length);
    }

    // y + s (1/K - y): exactly y where s is 0, and the sum over all outputs stays 1.
    private double Smooth(double y, int outputs) => y + s * (1.0 / outputs - y);

    private static double LogSumExp(ReadOnlySpan<double> z)
    {
        double largest = Largest(z), sum = 0.0;
        foreach (double zj in z)
            sum += Math.Exp(zj - largest);
        return largest + Math.Log(sum);
    }

    private static double Largest(ReadOnlySpan<double> z)
    {
        double largest = double.NegativeInfinity;
        foreach (double zj in z)
            largest = Math.Max(largest, zj);
        return largest;
    }
}
