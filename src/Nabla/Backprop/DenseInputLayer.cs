using Nabla.Kernels;

namespace Nabla;

/// <summary>The input layer by dense products of floats.</summary>
/// <param name="network">Read only.</param>
/// <param name="zeros">Is told what share of the inputs is zero.</param>
internal sealed unsafe class DenseInputLayer(Network network, ZeroShare zeros) : InputLayer
{
    // Of so many rows, one is looked at for zeros.
    private const int Sampling = 16;

    private readonly int inputs = network.Topology.Inputs(0);
    private readonly int outputs = network.Topology.Outputs(0);

    public override void Read(in Batch batch, int start, int count)
    {
        float* rows = batch.Inputs + start * (nint)inputs;
        batch.Source?.Read(start, count, new Span<float>(rows, count * inputs));
        for (int i = 0; i < count; i += Sampling)
            zeros.Add(NonZeros.Count(new ReadOnlySpan<float>(rows + i * (nint)inputs, inputs)), inputs);
    }

    public override void Forward(
        in Batch batch, ThreadTeam team, int start, int count, Span<float> z, LayerActivation? activation, Span<float> a)
    {
        var x = Inputs(batch, start, count, 0, inputs);
        var weights = new ReadOnlyMatrix(network.Weights(0), inputs, outputs);
        if (activation is null)
            Gemm.MultiplyAddRow(team, x, weights, network.Biases(0), new Matrix(z, count, outputs));
        else
            activation.Forward(team, x, weights, network.Biases(0), new Matrix(z, count, outputs), a);
    }

    // No more parts than threads: each packs all errors.
    public override int GradientParts(int threads) => threads;

    public override (int Start, int End) GradientInputs(int part, int parts) => Partition.Range(inputs, Cache.LineLength, part, parts);

    public override void Gradient(in Batch batch, ReadOnlySpan<float> delta, Span<float> gradient, int start, int end) => Gemm.Multiply(
        ThreadTeam.Of(1), Inputs(batch, 0, batch.Examples, start, end).Transposed, new ReadOnlyMatrix(delta, batch.Examples, outputs),
        new Matrix(gradient, end - start, outputs));

    private ReadOnlyMatrix Inputs(in Batch batch, int start, int count, int firstInput, int endInput) => new(
        new ReadOnlySpan<float>(batch.Inputs + start * (nint)inputs + firstInput, count * inputs - firstInput),
        count, endInput - firstInput, inputs, 1);
}
