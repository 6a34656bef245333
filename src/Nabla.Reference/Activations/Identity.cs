namespace Nabla.Reference;

/// <summary>z itself.</summary>
internal readonly struct Identity : IActivationFunction
{
    public static double F(double z) => z;

    public static double Prime(double z, double a) => 1.0;
}
