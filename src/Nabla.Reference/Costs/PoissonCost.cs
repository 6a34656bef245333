namespace Nabla.Reference;

/// <summary>
/// C = sum_j (a_j - y_j ln a_j) with a = exp(z): minus the log-likelihood of counts y_j whose mean is a_j, without the term ln y_j! that
/// does not depend on a. Each y_j is 0 or more.
/// </summary>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed class PoissonCost() : ReferenceCost("poisson of exponential")
{
    internal static CostKind Kind { get; } = CostKind.WithOutput(
        "exponential", "poisson", "sum_j (a_j - y_j ln a_j) of exponentials", [], _ => new PoissonCost());

    /// <inheritdoc/>
    public override void Output(ReadOnlySpan<double> z, Span<double> a) => Exponential.Kind.Default.Apply(z, a);

    /// <summary>C, computed from z, which is ln a also where a has rounded to 0.</summary>
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0.0;
        for (int j = 0; j < z.Length; j++)
            sum += a[j] - y[j] * z[j];
        return sum;
    }

    /// <summary>delta = a - y: dC/da = 1 - y/a, and f'(z) = a. Valid for this pair only.</summary>
    /// <inheritdoc/>
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta) =>
        Difference(a, y, delta);
}
