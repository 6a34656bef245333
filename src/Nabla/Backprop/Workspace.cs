using Nabla.Kernels;

namespace Nabla;

/// <summary>What a pass through the network leaves behind, for batches up to a size. Allocated once, used for every batch.</summary>
internal sealed class Workspace
{
    private readonly AlignedArray<float>[] activations;
    private readonly AlignedArray<float>[] errors;
    private readonly AlignedArray<float> spare;
    private readonly double[] losses;
    private readonly Topology topology;

    /// <param name="topology">The network's shape.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="withErrors">Whether gradients will be computed, or outputs alone.</param>
    /// <exception cref="ArgumentException">A layer's activations would not fit one buffer.</exception>
    public Workspace(Topology topology, int capacity, bool withErrors)
    {
        this.topology = topology;
        Capacity = capacity;
        activations = new AlignedArray<float>[topology.LayerCount];
        errors = new AlignedArray<float>[withErrors ? topology.LayerCount - 1 : 0];
        for (int layer = 0; layer < topology.LayerCount; layer++)
            activations[layer] = Buffer(layer);
        for (int layer = 0; layer < errors.Length; layer++)
            errors[layer] = Buffer(layer);
        spare = Buffer(topology.LayerCount - 1);
        losses = new double[capacity];
    }

    /// <summary>The most examples in a batch.</summary>
    public int Capacity { get; }

    /// <summary>A layer's z, then its a, [count, outputs], of some examples. For the last layer backpropagation turns it into delta.</summary>
    public Span<float> Activations(int layer, int start, int count) => Part(activations[layer], layer, start, count);

    /// <summary>delta of a layer, [count, outputs], of some examples.</summary>
    public Span<float> Errors(int layer, int start, int count) => Part(layer == errors.Length ? activations[layer] : errors[layer], layer, start, count);

    /// <summary>As large as the last layer's activations, for intermediate values.</summary>
    public Span<float> Spare(int start, int count) => Part(spare, topology.LayerCount - 1, start, count);

    /// <summary>The losses of some examples.</summary>
    public Span<double> Losses(int start, int count) => losses.AsSpan(start, count);

    private Span<float> Part(AlignedArray<float> buffer, int layer, int start, int count) =>
        buffer.Span.Slice(start * topology.Outputs(layer), count * topology.Outputs(layer));

    private AlignedArray<float> Buffer(int layer)
    {
        const int Margin = 64; // what alignment may take
        long length = (long)Capacity * topology.Outputs(layer);
        return length <= Array.MaxLength - Margin
            ? new AlignedArray<float>(length)
            : throw new ArgumentException(
                $"A batch of {Capacity} examples has {length} activations in layer {layer}, more than one buffer can hold: use smaller batches or layers.");
    }
}
