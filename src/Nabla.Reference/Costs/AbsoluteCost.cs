namespace Nabla.Reference;

/// <summary>C = sum_j |a_j - y_j|.</summary>
/// <param name="output">The output activation: any.</param>
/// <remarks>Immutable, and as thread-safe as its output activation.</remarks>
public sealed class AbsoluteCost(ReferenceActivation output) : DifferenceCost("absolute", output, hasKinkAtTarget: true)
{
    internal static CostKind Kind { get; } = CostKind.WithAnyOutput(
        "absolute", "sum_j |a_j - y_j|, with any output activation", [], (_, output) => new AbsoluteCost(output));

    private protected override double L(double d) => Math.Abs(d);

    // 0 at the kink itself, by convention.
    private protected override double LPrime(double d) => d > 0.0 ? 1.0 : d < 0.0 ? -1.0 : d;
}
