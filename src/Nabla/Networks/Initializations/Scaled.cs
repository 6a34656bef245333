using Nabla.Kernels;

namespace Nabla;

/// <summary>Weights from N(0, 1) / sqrt(inputs), biases from N(0, 1).</summary>
internal sealed record Scaled() : Initialization("scaled", "weights from N(0, 1) / sqrt(inputs), biases from N(0, 1)")
{
    internal override void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases)
    {
        FillNormal(ref stream, 1 / double.Sqrt(inputs), weights);
        FillNormal(ref stream, 1, biases);
    }
}
