namespace Nabla.Reference;

/// <summary>tanh z.</summary>
internal readonly struct HyperbolicTangent : IActivationFunction
{
    public static double F(double z) => Math.Tanh(z);

    // tanh'(z) = 1 - tanh(z)^2, factored so that little is lost near a = 1 and a = -1.
    public static double Prime(double z, double a) => (1.0 - a) * (1.0 + a);
}
