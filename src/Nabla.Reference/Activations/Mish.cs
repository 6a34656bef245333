namespace Nabla.Reference;

/// <summary>Mish: z tanh(softplus(z)). D. Misra, 2019.</summary>
internal sealed class Mish() : ElementwiseActivation("mish")
{
    // Farther from 0, tanh(softplus(z)) is 0 or 1 in doubles; an infinite z must not be multiplied by 0.
    private const double Saturated = 1000.0;

    public static ActivationKind Kind { get; } = new("mish", "z tanh(ln(1 + exp(z)))", [], _ => new Mish());

    protected override double F(double z) => Math.Max(z, -Saturated) * Math.Tanh(Softplus.Of(z));

    // mish'(z) = t + z (1 - t^2) sigmoid(z) with t = tanh(softplus(z)), since softplus' is the sigmoid.
    protected override double Prime(double z, double a)
    {
        double t = Math.Tanh(Softplus.Of(z));
        return t + Math.Clamp(z, -Saturated, Saturated) * (1.0 - t) * (1.0 + t) * Reference.Sigmoid.Of(z);
    }
}
