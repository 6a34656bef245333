namespace Nabla.Reference;

/// <summary>sigmoid(z) = 1 / (1 + exp(-z)). Where exp(-z) overflows to infinity, the quotient is 0, which is right.</summary>
internal sealed class Sigmoid() : ElementwiseActivation("sigmoid")
{
    public static ActivationKind Kind { get; } = new("sigmoid", "1 / (1 + exp(-z))", [], _ => new Sigmoid());

    internal static double Of(double z) => 1.0 / (1.0 + Math.Exp(-z));

    protected override double F(double z) => Of(z);

    // sigmoid'(z) = sigmoid(z) * (1 - sigmoid(z)), and sigmoid(z) is a.
    protected override double Prime(double z, double a) => a * (1.0 - a);
}
