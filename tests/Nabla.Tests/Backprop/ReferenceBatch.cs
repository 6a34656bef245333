using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>A batch for the reference, whose examples are taken one by one.</summary>
/// <param name="Xs">[examples, inputs].</param>
/// <param name="Ys">[examples, outputs].</param>
/// <param name="Weights">[examples], or empty.</param>
/// <param name="Dropout">[examples, hidden neurons].</param>
internal sealed record ReferenceBatch(double[] Xs, double[] Ys, double[] Weights, double[] Dropout)
{
    public int Examples(ReferenceNetwork network) => Ys.Length / network.Sizes[^1];

    public double Weight(int i) => Weights.Length == 0 ? 1 : Weights[i];

    public ReadOnlySpan<double> X(ReferenceNetwork network, int i) => Xs.AsSpan(i * network.Sizes[0], network.Sizes[0]);

    public ReadOnlySpan<double> Y(ReferenceNetwork network, int i) => Ys.AsSpan(i * network.Sizes[^1], network.Sizes[^1]);

    /// <summary>Adds the gradient of an example, with its weight and dropout.</summary>
    public void Backpropagate(ReferenceNetwork network, int i, ReferenceParameters nabla) =>
        Backpropagate(network, i, X(network, i), nabla);

    /// <summary>The same with other inputs.</summary>
    public void Backpropagate(ReferenceNetwork network, int i, ReadOnlySpan<double> x, ReferenceParameters nabla)
    {
        int hidden = Dropout.Length == 0 ? 0 : network.HiddenNeurons;
        network.Backpropagate(x, Y(network, i), nabla, Weight(i), Dropout.AsSpan(i * hidden, hidden));
    }
}
