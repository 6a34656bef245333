namespace Nabla;

/// <summary>As <see cref="Scaled"/>, but all parameters of the last layer are 0, so that the network starts with outputs of 0.</summary>
/// <remarks>Holzmüller, Grinsztajn and Steinwart, "Better by default" (2024), with their neural tangent parametrization.</remarks>
internal sealed record ScaledZeroOutput() : Initialization(
    "scaled-zero-output", "as scaled, but the last layer is 0; with the neural tangent parametrization")
{
    internal override bool ZeroesOutputLayer => true;

    internal override void Draw(
        ref Kernels.RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases) =>
        Scaled.Draw(ref stream, inputs, outputs, weights, biases);
}
