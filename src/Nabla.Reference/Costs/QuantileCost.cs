namespace Nabla.Reference;

/// <summary>
/// C = sum_j L(a_j - y_j), the pinball loss: L(d) = (1 - q) d for d above 0, and -q d below (Koenker and Bassett 1978). Where a share q of
/// the y lies below a, the slopes of all examples cancel.
/// </summary>
/// <remarks>Immutable, and as thread-safe as its output activation.</remarks>
public sealed class QuantileCost : DifferenceCost
{
    private readonly double q;

    /// <summary>A cost that is least at a quantile of the desired outputs.</summary>
    /// <param name="output">The output activation: any.</param>
    /// <param name="q">Which quantile, between 0 and 1; 0.5 is the median.</param>
    /// <exception cref="ArgumentOutOfRangeException">q is not between 0 and 1.</exception>
    public QuantileCost(ReferenceActivation output, double q = 0.5)
        : base("quantile", output, hasKinkAtTarget: true)
    {
        if (!(q is > 0.0 and < 1.0))
            throw new ArgumentOutOfRangeException(nameof(q), q, "q must be between 0 and 1.");
        this.q = q;
    }

    internal static CostKind Kind { get; } = CostKind.WithAnyOutput(
        "quantile", "(1 - q) d for d = a - y above 0, -q d below, with any output activation",
        [new("q", "which quantile of the desired outputs is learned, between 0 and 1", 0.5)],
        (values, output) => new QuantileCost(output, values["q"]));

    private protected override double L(double d) => d > 0.0 ? (1.0 - q) * d : -q * d;

    // 0 at the kink itself, by convention.
    private protected override double LPrime(double d) => d > 0.0 ? 1.0 - q : d < 0.0 ? -q : d;
}
