namespace Nabla.Reference;

/// <summary>The notebook's slip: <c>sigmoid_prime(a)</c> where <c>sigmoid_prime(z)</c> is right. See docs/notebook.md.</summary>
/// <remarks>a lies in (0, 1), so this lies in (0.19, 0.25]: it never saturates, and it is not the derivative of the sigmoid.</remarks>
internal sealed class SigmoidAsPrinted() : ElementwiseActivation("sigmoid-as-printed")
{
    public static ActivationKind Kind { get; } = new(
        "sigmoid-as-printed", "the sigmoid with the notebook's wrong derivative, sigmoid(a) * (1 - sigmoid(a))", [],
        _ => new SigmoidAsPrinted(), derivativeIsRight: false);

    protected override double F(double z) => Reference.Sigmoid.Of(z);

    // The activation a takes the place of z: sigmoid(a) instead of a = sigmoid(z).
    protected override double Prime(double z, double a) => Reference.Sigmoid.Of(a) * (1.0 - Reference.Sigmoid.Of(a));
}
