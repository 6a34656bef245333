namespace Nabla.Reference;

/// <summary>
/// SELU: lambda z where z is positive, else lambda alpha (e^z - 1). Klambauer, Unterthiner, Mayr and Hochreiter, "Self-Normalizing Neural
/// Networks", 2017.
/// </summary>
internal sealed class Selu() : ElementwiseActivation("selu", kinks: 0.0)
{
    // The paper's: mean 0 and variance 1 are then a fixed point from layer to layer.
    private const double Lambda = 1.0507009873554805;
    private const double Alpha = 1.6732632423543772;

    public static ActivationKind Kind { get; } = new(
        "selu", "1.0507 z where z is positive, else 1.7581 (exp(z) - 1)", [], _ => new Selu());

    protected override double F(double z) => Lambda * (z <= 0.0 ? Alpha * Elu.ExponentialMinusOne(z) : z);

    // The left-hand derivative at the kink itself, by convention.
    protected override double Prime(double z, double a) => Lambda * (z <= 0.0 ? Alpha * Math.Exp(z) : 1.0);
}
