using Nabla.Kernels;

namespace Nabla;

/// <summary>Outputs of a network for one example at a time, as soon as possible: weights are kept packed, and what is zero on the way is skipped.</summary>
internal sealed unsafe class SingleInference
{
    private readonly Network network;
    private readonly OutputLoss outputLoss;
    private readonly HiddenActivation hidden;
    private readonly Layer[] layers;
    private long packedVersion = -1;

    public SingleInference(Network network, Loss loss)
    {
        this.network = network;
        outputLoss = OutputLoss.Of(network.Topology.OutputActivation, loss);
        hidden = HiddenActivation.Of(network.Topology.HiddenActivation);
        layers = [.. Enumerable.Range(0, network.Topology.LayerCount).Select(layer => new Layer(network, layer))];
    }

    /// <summary>Where the example's scaled inputs go.</summary>
    public Span<float> Inputs => layers[0].Input.Span;

    /// <summary>The network's outputs for <see cref="Inputs"/>, valid until the next call.</summary>
    public ReadOnlySpan<float> Outputs()
    {
        long version = network.Version;
        if (version != packedVersion)
        {
            foreach (var layer in layers)
                layer.Pack();
            packedVersion = version;
        }
        for (int i = 0; i < layers.Length - 1; i++)
        {
            var z = layers[i + 1].Input.Span;
            layers[i].Forward(z);
            hidden.Apply(layers[i + 1].Input.Pointer, 1, z.Length, z.Length);
        }
        var last = layers[^1];
        last.Forward(last.Output.Span);
        outputLoss.Activate(last.Output.Span, last.Output.Length);
        return last.Output.Span;
    }

    private sealed class Layer(Network network, int layer)
    {
        private readonly int inputs = network.Topology.Inputs(layer);
        private readonly int outputs = network.Topology.Outputs(layer);
        private readonly AlignedArray<float> packed = new(SparseProduct.PackedLength(network.Topology.Inputs(layer), network.Topology.Outputs(layer)));
        private readonly AlignedArray<ulong> marks = new(NonZeros.Words(network.Topology.Inputs(layer)));
        private readonly AlignedArray<ushort> unused = new(NonZeros.Words(network.Topology.Inputs(layer)));
        private bool finite;

        public AlignedArray<float> Input { get; } = new(network.Topology.Inputs(layer));

        public AlignedArray<float> Output { get; } = new(layer == network.Topology.LayerCount - 1 ? network.Topology.Outputs(layer) : 0);

        public void Pack()
        {
            fixed (float* weights = network.Weights(layer))
                finite = SparseProduct.Pack(weights, outputs, outputs, inputs, 0, inputs, packed.Pointer);
        }

        public void Forward(Span<float> z)
        {
            if (!finite)
            {
                Gemm.MultiplyAddRow(
                    ThreadTeam.Of(1), new ReadOnlyMatrix(Input.Span, 1, inputs), new ReadOnlyMatrix(network.Weights(layer), inputs, outputs),
                    network.Biases(layer), new Matrix(z, 1, outputs));
                return;
            }
            NonZeros.MarkRows(Input.Pointer, inputs, 1, inputs, marks.Pointer, unused.Pointer, 1);
            fixed (float* biases = network.Biases(layer), result = z)
            {
                SparseProduct.Run(new SparseBlock
                {
                    X = Input.Pointer, LineStride = inputs, DepthStride = 1, Groups = marks.Pointer, B = packed.Pointer, Start = biases,
                    C = result, CStride = outputs, Lines = 1, Columns = outputs, Depth = inputs,
                });
            }
        }
    }
}
