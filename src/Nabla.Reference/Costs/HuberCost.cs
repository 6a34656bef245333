namespace Nabla.Reference;

/// <summary>
/// C = sum_j L(a_j - y_j) with L(d) = d^2/2 up to |d| = delta, and delta (|d| - delta/2) beyond: the two meet with the same value and slope
/// (Huber 1964).
/// </summary>
/// <remarks>Immutable, and as thread-safe as its output activation.</remarks>
public sealed class HuberCost : DifferenceCost
{
    private readonly double delta;

    /// <summary>A cost that is quadratic up to a distance.</summary>
    /// <param name="output">The output activation: any.</param>
    /// <param name="delta">The distance, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not finite or not above 0.</exception>
    public HuberCost(ReferenceActivation output, double delta = 1.0)
        : base("huber", output)
    {
        if (!(delta > 0.0) || !double.IsFinite(delta))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "The distance must be finite and above 0.");
        this.delta = delta;
    }

    internal static CostKind Kind { get; } = CostKind.WithAnyOutput(
        "huber", "d^2/2 up to |d| = delta, delta (|d| - delta/2) beyond, with any output activation",
        [new("delta", "the distance up to which the cost is quadratic, above 0", 1.0)],
        (values, output) => new HuberCost(output, values["delta"]));

    private protected override double L(double d) => Math.Abs(d) <= delta ? 0.5 * d * d : delta * (Math.Abs(d) - 0.5 * delta);

    private protected override double LPrime(double d) => d < -delta ? -delta : d > delta ? delta : d;
}
