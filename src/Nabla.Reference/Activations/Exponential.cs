namespace Nabla.Reference;

/// <summary>e^z: for outputs that are rates or counts.</summary>
internal sealed class Exponential() : ElementwiseActivation("exponential")
{
    public static ActivationKind Kind { get; } = new("exponential", "exp(z)", [], _ => new Exponential());

    protected override double F(double z) => Math.Exp(z);

    // exp'(z) = exp(z), and exp(z) is a.
    protected override double Prime(double z, double a) => a;
}
