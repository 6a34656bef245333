namespace Nabla.Reference;

/// <summary>C = -sum_j y_j ln a_j with a = softmax(z) = exp(z_j) / sum_k exp(z_k); the y_j add up to 1.</summary>
public sealed class SoftmaxCrossEntropyCost() : ReferenceCost("cross-entropy of softmax", hasKink: false)
{
    /// <inheritdoc/>
    public override void Output(ReadOnlySpan<double> z, Span<double> a)
    {
        // The largest z is taken out first, so that no exponential overflows and one of them is 1; the quotient stays the same.
        double largest = Largest(z), sum = 0.0;
        for (int j = 0; j < z.Length; j++)
        {
            a[j] = Math.Exp(z[j] - largest);
            sum += a[j];
        }
        for (int j = 0; j < z.Length; j++)
            a[j] /= sum;
    }

    /// <summary>From z, as ln a_j = z_j - ln sum_k exp(z_k) stays finite where a_j has rounded to 0.</summary>
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double logSum = LogSumExp(z);
        double sum = 0.0;
        for (int j = 0; j < z.Length; j++)
            sum += y[j] * (logSum - z[j]);
        return sum;
    }

    /// <summary>delta = a - y. Legal for this pair only, and because the y_j add up to 1.</summary>
    /// <inheritdoc/>
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta) =>
        Difference(a, y, delta);

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
