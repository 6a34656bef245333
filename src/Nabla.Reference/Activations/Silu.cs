namespace Nabla.Reference;

/// <summary>SiLU, or swish: z sigmoid(z). Elfwing, Uchibe and Doya, 2018; Ramachandran, Zoph and Le, 2017.</summary>
internal sealed class Silu() : ElementwiseActivation("silu")
{
    // Farther from 0, the sigmoid is 0 or 1 in doubles; an infinite z must not be multiplied by 0.
    private const double Saturated = 1000.0;

    public static ActivationKind Kind { get; } = new("silu", "z sigmoid(z) = z / (1 + exp(-z))", [], _ => new Silu());

    protected override double F(double z) => Math.Max(z, -Saturated) * Reference.Sigmoid.Of(z);

    // silu'(z) = s(z) + z s(z) (1 - s(z)), and 1 - s(z) = s(-z).
    protected override double Prime(double z, double a) =>
        Reference.Sigmoid.Of(z) * (1.0 + Math.Clamp(z, -Saturated, Saturated) * Reference.Sigmoid.Of(-z));
}
