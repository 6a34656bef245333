namespace Nabla.Reference;

/// <summary>The notebook's slip: <c>sigmoid_prime(a)</c> where <c>sigmoid_prime(z)</c> was meant. See docs/notebook.md.</summary>
/// <remarks>As a lies in (0, 1), this lies in (0.19, 0.25]: it never saturates, and it is the derivative of nothing here.</remarks>
internal readonly struct SigmoidAsPrinted : IActivationFunction
{
    public static double F(double z) => Sigmoid.F(z);

    // The activation goes where z belongs.
    public static double Prime(double z, double a) => Sigmoid.Prime(a, Sigmoid.F(a));
}
