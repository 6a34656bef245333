namespace Nabla.Reference;

/// <summary>softsign(z) = z / (1 + |z|).</summary>
internal sealed class Softsign() : ElementwiseActivation("softsign")
{
    public static ActivationKind Kind { get; } = new("softsign", "z / (1 + |z|)", [], _ => new Softsign());

    // Infinity divided by infinity would not be a number.
    protected override double F(double z) => double.IsInfinity(z) ? Math.Sign(z) : z / (1.0 + Math.Abs(z));

    // softsign'(z) = 1 / (1 + |z|)^2, and 1 / (1 + |z|) = 1 - |a|.
    protected override double Prime(double z, double a) => (1.0 - Math.Abs(a)) * (1.0 - Math.Abs(a));
}
