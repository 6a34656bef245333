namespace Nabla.Reference;

/// <summary>softplus(z) = ln(1 + e^z). Dugas, Bengio, Belisle, Nadeau and Garcia, 2001.</summary>
internal sealed class Softplus() : ElementwiseActivation("softplus")
{
    public static ActivationKind Kind { get; } = new("softplus", "ln(1 + exp(z))", [], _ => new Softplus());

    /// <summary>max(z, 0) + ln(1 + e^-|z|), where ln(1 + w) = 2 artanh(w / (2 + w)) has all digits of a small w.</summary>
    internal static double Of(double z)
    {
        double w = Math.Exp(-Math.Abs(z));
        return Math.Max(z, 0.0) + 2.0 * Math.Atanh(w / (2.0 + w));
    }

    protected override double F(double z) => Of(z);

    // softplus'(z) = e^z / (1 + e^z), the sigmoid.
    protected override double Prime(double z, double a) => Reference.Sigmoid.Of(z);
}
