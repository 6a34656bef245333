using Nabla.Kernels;

namespace Nabla;

/// <summary>Weights from N(0, 2 / (inputs + outputs)), biases 0 (Glorot and Bengio, 2010).</summary>
internal sealed record Xavier() : Initialization("xavier", "weights from N(0, 2 / (inputs + outputs)), biases 0; for tanh and sigmoid")
{
    internal override void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases)
    {
        FillNormal(ref stream, double.Sqrt(2.0 / ((double)inputs + outputs)), weights);
        biases.Clear();
    }
}
