namespace Nabla.Reference;

/// <summary>z itself: the output activation of regression.</summary>
internal sealed class Identity() : ElementwiseActivation("identity")
{
    public static ActivationKind Kind { get; } = new("identity", "z itself", [], _ => new Identity());

    protected override double F(double z) => z;

    protected override double Prime(double z, double a) => 1.0;
}
