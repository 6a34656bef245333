namespace Nabla.Reference;

/// <summary>ReLU: max(z, 0). NaN stays NaN, so that a diverged training run shows.</summary>
internal sealed class Rectifier() : ElementwiseActivation("relu", kinks: 0.0)
{
    public static ActivationKind Kind { get; } = new("relu", "max(z, 0)", [], _ => new Rectifier());

    protected override double F(double z) => z <= 0.0 ? 0.0 : z;

    // 0 at the kink itself, by convention.
    protected override double Prime(double z, double a) => z <= 0.0 ? 0.0 : 1.0;
}
