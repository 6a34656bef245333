using Nabla.Kernels;

namespace Nabla;

/// <summary>Weights from N(0, 1 / inputs), biases 0 (LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998).</summary>
internal sealed record LeCun() : Initialization("lecun", "weights from N(0, 1 / inputs), biases 0; for tanh and SELU")
{
    internal override void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases)
    {
        FillNormal(ref stream, 1 / double.Sqrt(inputs), weights);
        biases.Clear();
    }
}
