namespace Nabla.Reference;

/// <summary>exp z: the output activation of counts.</summary>
internal sealed class Exponential() : ElementwiseActivation("exponential")
{
    public static ActivationKind Kind { get; } = new("exponential", "exp(z)", [], _ => new Exponential());

    protected override double F(double z) => Math.Exp(z);

    // exp'(z) = exp(z), and exp(z) is a.
    protected override double Prime(double z, double a) => a;
}
