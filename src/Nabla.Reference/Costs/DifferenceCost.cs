namespace Nabla.Reference;

/// <summary>C = sum_j L(a_j - y_j), with any output activation: a cost of the differences to the desired outputs.</summary>
/// <remarks>Immutable, and as thread-safe as its output activation.</remarks>
public abstract class DifferenceCost : ReferenceCost
{
    private readonly ReferenceActivation output;

    private protected DifferenceCost(string loss, ReferenceActivation output, bool hasKinkAtTarget = false)
        : base($"{loss} of {output.Name}", output.Kinks, hasKinkAtTarget) => this.output = output;

    /// <inheritdoc/>
    public sealed override void Output(ReadOnlySpan<double> z, Span<double> a) => output.Apply(z, a);

    /// <inheritdoc/>
    public sealed override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0.0;
        for (int j = 0; j < a.Length; j++)
            sum += L(a[j] - y[j]);
        return sum;
    }

    /// <summary>delta = L'(a - y) f'(z): dC/da, then through the output activation.</summary>
    /// <inheritdoc/>
    public sealed override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        for (int j = 0; j < a.Length; j++)
            delta[j] = LPrime(a[j] - y[j]);
        output.TimesPrime(z, a, delta);
    }

    /// <summary>L(d), the cost of one output that differs by d from the desired one.</summary>
    private protected abstract double L(double d);

    /// <summary>L'(d).</summary>
    private protected abstract double LPrime(double d);
}
