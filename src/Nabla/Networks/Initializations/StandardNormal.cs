using Nabla.Kernels;

namespace Nabla;

/// <summary>Weights and biases from N(0, 1), as in the notebook.</summary>
internal sealed record StandardNormal() : Initialization("standard-normal", "weights and biases from N(0, 1), as in the notebook")
{
    internal override void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases)
    {
        FillNormal(ref stream, 1, weights);
        FillNormal(ref stream, 1, biases);
    }
}
