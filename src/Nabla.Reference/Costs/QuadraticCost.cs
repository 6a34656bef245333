namespace Nabla.Reference;

/// <summary>C = 1/2 |a - y|^2, the notebook's cost.</summary>
/// <param name="output">The output activation: any.</param>
/// <remarks>Immutable, and as thread-safe as its output activation.</remarks>
public sealed class QuadraticCost(ReferenceActivation output) : DifferenceCost("quadratic", output)
{
    internal static CostKind Kind { get; } = CostKind.WithAnyOutput(
        "quadratic", "1/2 |a - y|^2, with any output activation", [], (_, output) => new QuadraticCost(output));

    private protected override double L(double d) => 0.5 * d * d;

    private protected override double LPrime(double d) => d;
}
