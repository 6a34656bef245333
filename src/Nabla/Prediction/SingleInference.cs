using Nabla.Kernels;

namespace Nabla;

/// <summary>Outputs of a network for one example at a time, as soon as possible: weights are kept packed, and zeros are skipped.</summary>
/// <remarks>Safe for concurrent use: each call has a <see cref="Scratch"/> of its own, and packed weights are never changed.</remarks>
internal sealed unsafe class SingleInference(Network network)
{
    // Packing fills up strips of whole vectors. Where that would take much more memory than the weights, they are used as they are.
    private const int MaxPadding = 2;
    private const int SmallWeights = 1 << 20;

    private readonly ScratchPool<Scratch> pool = new();
    private readonly Lock packing = new();
    private readonly LayerActivation[] activations = [.. network.Topology.Layers.Select(layer => LayerActivation.Create(layer.Activation))];
    private PackedWeights? packed;

    /// <summary>Begins a call.</summary>
    public Scratch Rent() => pool.Rent() ?? new Scratch(network.Topology);

    /// <summary>Ends a call.</summary>
    public void Return(Scratch scratch) => pool.Return(scratch);

    /// <summary>The network's outputs for the inputs in the scratch.</summary>
    /// <returns>[outputs], valid until the scratch is returned.</returns>
    public Span<float> Outputs(Scratch scratch)
    {
        var weights = CurrentWeights();
        for (int layer = 0; layer < activations.Length; layer++)
        {
            var z = scratch.Values[layer + 1];
            Forward(layer, weights?.Layers[layer], scratch, z);
            activations[layer].Apply(z.Pointer, z.Pointer, 1, z.Length, z.Length);
        }
        return scratch.Values[^1].Span;
    }

    private void Forward(int layer, AlignedArray<float>? weights, Scratch scratch, AlignedArray<float> z)
    {
        var x = scratch.Values[layer];
        int inputs = x.Length, outputs = z.Length;
        if (weights is null)
        {
            Gemm.MultiplyAddRow(
                ThreadTeam.Of(1), new ReadOnlyMatrix(x.Span, 1, inputs), new ReadOnlyMatrix(network.Weights(layer), inputs, outputs),
                network.Biases(layer), new Matrix(z.Span, 1, outputs));
            return;
        }
        NonZeros.MarkRows(x.Pointer, inputs, 1, inputs, scratch.Marks.Pointer, scratch.Unused.Pointer);
        fixed (float* biases = network.Biases(layer))
        {
            SparseProduct.Run(new SparseBlock
            {
                X = x.Pointer, LineStride = inputs, DepthStride = 1, Pairs = scratch.Marks.Pointer, B = weights.Pointer, Start = biases,
                C = z.Pointer, CStride = outputs, Lines = 1, Columns = outputs, Depth = inputs,
            });
        }
        // Another call may replace them meanwhile, if the network has changed.
        GC.KeepAlive(weights);
    }

    /// <summary>The weights, packed; null if they may change at any time.</summary>
    private PackedWeights? CurrentWeights()
    {
        if (network.IsEditable)
            return null;
        var current = Volatile.Read(ref packed);
        if (current is not null && current.Version == network.Version)
            return current;
        lock (packing)
        {
            if (packed is null || packed.Version != network.Version)
                Volatile.Write(ref packed, new PackedWeights(network));
            return packed;
        }
    }

    /// <summary>The buffers of one call.</summary>
    internal sealed class Scratch(Topology topology)
    {
        /// <summary>The inputs of each layer, and the network's outputs: [size] each.</summary>
        public AlignedArray<float>[] Values { get; } = [.. topology.Sizes.Select(size => new AlignedArray<float>(size))];

        /// <summary>Where a layer's inputs are not zero.</summary>
        public AlignedArray<ulong> Marks { get; } = new(NonZeros.Words(topology.Sizes.Max()));

        /// <summary>The same by columns, which is not needed for one example.</summary>
        public AlignedArray<uint> Unused { get; } = new(NonZeros.Words(topology.Sizes.Max()));

        /// <summary>Where the example's scaled inputs go.</summary>
        public Span<float> Inputs => Values[0].Span;
    }

    /// <summary>A snapshot of a network's weights. Immutable.</summary>
    private sealed class PackedWeights(Network network)
    {
        /// <summary>Of the network when it was packed.</summary>
        public long Version { get; } = network.Version;

        /// <summary>Each layer's weights; null where they are used as they are: too much padding, or not finite.</summary>
        public AlignedArray<float>?[] Layers { get; } =
            [.. Enumerable.Range(0, network.Topology.LayerCount).Select(layer => Pack(network, layer))];

        private static AlignedArray<float>? Pack(Network network, int layer)
        {
            int inputs = network.Topology.Inputs(layer), outputs = network.Topology.Outputs(layer);
            long length = SparseProduct.PackedLength(inputs, outputs), count = (long)inputs * outputs;
            if ((count > SmallWeights && length > MaxPadding * count) || length > Array.MaxLength / (2 * sizeof(float)))
                return null;
            var packed = new AlignedArray<float>(length);
            fixed (float* weights = network.Weights(layer))
                return SparseProduct.Pack(weights, outputs, outputs, inputs, 0, inputs, packed.Pointer) ? packed : null;
        }
    }
}
