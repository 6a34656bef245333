namespace Nabla.Reference;

/// <summary>ReLU: max(z, 0). A z that is not a number stays one, so that a diverged training shows.</summary>
internal readonly struct Rectifier : IActivationFunction
{
    public static double F(double z) => z <= 0.0 ? 0.0 : z;

    // 0 at the kink itself, by convention.
    public static double Prime(double z, double a) => z <= 0.0 ? 0.0 : 1.0;
}
