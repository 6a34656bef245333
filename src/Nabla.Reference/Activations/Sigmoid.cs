namespace Nabla.Reference;

/// <summary>sigmoid(z) = 1 / (1 + exp(-z)); where exp overflows to infinity the quotient is 0, as it should be.</summary>
internal readonly struct Sigmoid : IActivationFunction
{
    public static double F(double z) => 1.0 / (1.0 + Math.Exp(-z));

    // sigmoid'(z) = sigmoid(z) * (1 - sigmoid(z)), and sigmoid(z) is a.
    public static double Prime(double z, double a) => a * (1.0 - a);
}
