namespace Nabla.Reference;

/// <summary>tanh z.</summary>
internal sealed class HyperbolicTangent() : ElementwiseActivation("tanh")
{
    public static ActivationKind Kind { get; } = new("tanh", "hyperbolic tangent of z", [], _ => new HyperbolicTangent());

    protected override double F(double z) => Math.Tanh(z);

    // tanh'(z) = 1 - tanh(z)^2, factored to lose few digits near a = 1 and a = -1.
    protected override double Prime(double z, double a) => (1.0 - a) * (1.0 + a);
}
