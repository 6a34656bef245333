namespace Nabla.Reference;

/// <summary>ELU: z where z is positive, else alpha (e^z - 1). Clevert, Unterthiner and Hochreiter, 2016.</summary>
internal sealed class Elu : ElementwiseActivation
{
    private readonly double alpha;

    private Elu(double alpha)
        : base("elu", kinks: alpha == 1.0 ? [] : [0.0])
    {
        if (alpha is not (> 0.0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha must be above 0 and finite.");
        this.alpha = alpha;
    }

    public static ActivationKind Kind { get; } = new(
        "elu", "z where z is positive, else alpha (exp(z) - 1)", [new("alpha", "-alpha is the limit at minus infinity, above 0", 1.0)],
        values => new Elu(values["alpha"]));

    /// <summary>e^z - 1 = 2 e^(z/2) sinh(z/2), which does not cancel near 0.</summary>
    /// <param name="z">At most 0.</param>
    internal static double ExponentialMinusOne(double z) => z < -1.0 ? Math.Exp(z) - 1.0 : 2.0 * Math.Exp(0.5 * z) * Math.Sinh(0.5 * z);

    protected override double F(double z) => z <= 0.0 ? alpha * ExponentialMinusOne(z) : z;

    // alpha at 0 itself, by convention.
    protected override double Prime(double z, double a) => z <= 0.0 ? alpha * Math.Exp(z) : 1.0;
}
