namespace Nabla.Reference;

/// <summary>GELU: z Phi(z), with the standard normal distribution Phi. Hendrycks and Gimpel, 2016.</summary>
internal sealed class Gelu() : ElementwiseActivation("gelu")
{
    // Farther from 0, Phi is 0 or 1 in doubles; an infinite z must not be multiplied by 0.
    private const double Saturated = 1000.0;

    public static ActivationKind Kind { get; } = new(
        "gelu", "z Phi(z) with the normal distribution Phi(z) = (1 + erf(z / sqrt 2)) / 2", [], _ => new Gelu());

    protected override double F(double z) => Math.Max(z, -Saturated) * NormalDistribution.Probability(z);

    // gelu'(z) = Phi(z) + z phi(z), since phi is the derivative of Phi.
    protected override double Prime(double z, double a) =>
        NormalDistribution.Probability(z) + Math.Clamp(z, -Saturated, Saturated) * NormalDistribution.Density(z);
}
