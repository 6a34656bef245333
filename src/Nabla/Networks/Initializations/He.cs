using Nabla.Kernels;

namespace Nabla;

/// <summary>Weights from N(0, 2 / inputs), biases 0 (He et al., 2015).</summary>
internal sealed record He() : Initialization("he", "weights from N(0, 2 / inputs), biases 0; for ReLU")
{
    internal override void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases)
    {
        FillNormal(ref stream, double.Sqrt(2.0 / inputs), weights);
        biases.Clear();
    }
}
