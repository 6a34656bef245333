namespace Nabla.Reference;

/// <summary>C = 1/2 |a - y|^2, the notebook's cost.</summary>
/// <param name="output">The output activation: any.</param>
/// <remarks>Immutable, and as thread-safe as its output activation.</remarks>
public sealed class QuadraticCost(ReferenceActivation output) : ReferenceCost($"quadratic of {output.Name}", output.HasKink)
{
    internal static CostKind Kind { get; } = CostKind.WithAnyOutput(
        "quadratic", "1/2 |a - y|^2, with any output activation", [], (_, output) => new QuadraticCost(output));

    /// <inheritdoc/>
    public override void Output(ReadOnlySpan<double> z, Span<double> a) => output.Apply(z, a);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0.0;
        for (int j = 0; j < a.Length; j++)
            sum += (a[j] - y[j]) * (a[j] - y[j]);
        return 0.5 * sum;
    }

    /// <summary>delta = (a - y) f'(z): dC/da, then through the output activation.</summary>
    /// <inheritdoc/>
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        Difference(a, y, delta);
        output.TimesPrime(z, a, delta);
    }
}
