using Nabla.Kernels;

namespace Nabla;

/// <summary>What a pass through the network leaves behind, for batches up to a size. Allocated once, used for every batch.</summary>
internal sealed class Workspace
{
    private readonly AlignedArray<float>[] weightedInputs; // z of each layer
    private readonly AlignedArray<float>[] activations;    // a of each layer: the same buffer, unless the derivative needs z
    private readonly AlignedArray<float>[] errors;         // delta of each layer but the last, which has it in the place of z
    private readonly AlignedArray<float> spare;
    private readonly double[] losses;
    private readonly Topology topology;

    /// <param name="topology">The network's shape.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="keepsInput">For each layer, whether z has to be kept beside a; null for no layer.</param>
    /// <param name="withErrors">Whether gradients will be computed, or outputs alone.</param>
    /// <exception cref="ArgumentException">A layer's activations would not fit one buffer.</exception>
    public Workspace(Topology topology, int capacity, bool withErrors, Func<int, bool>? keepsInput = null)
    {
        this.topology = topology;
        Capacity = capacity;
        int last = topology.LayerCount - 1;
        weightedInputs = [.. Enumerable.Range(0, topology.LayerCount).Select(layer => CreateBuffer(layer))];
        activations = [.. weightedInputs.Select((z, layer) => layer < last && keepsInput?.Invoke(layer) == true ? CreateBuffer(layer) : z)];
        errors = [.. Enumerable.Range(0, withErrors ? last : 0).Select(layer => CreateBuffer(layer)), weightedInputs[last]];
        spare = CreateBuffer(last, OutputLoss.SparePerOutput);
        losses = new double[capacity];
    }

    /// <summary>The most examples in a batch.</summary>
    public int Capacity { get; }

    /// <summary>A layer's z, [count, outputs], of some examples. Where a shares its buffer, a takes its place.</summary>
    public Span<float> WeightedInputs(int layer, int start, int count) =>
        Part(weightedInputs[layer], topology.Outputs(layer), start, count);

    /// <summary>A layer's a, [count, outputs], of some examples.</summary>
    public Span<float> Activations(int layer, int start, int count) => Part(activations[layer], topology.Outputs(layer), start, count);

    /// <summary>delta of a layer, [count, outputs], of some examples. In the last layer it takes the place of z.</summary>
    public Span<float> Errors(int layer, int start, int count) => Part(errors[layer], topology.Outputs(layer), start, count);

    /// <summary>Room for the loss's intermediate values of some examples.</summary>
    public Span<float> Spare(int start, int count) => Part(spare, OutputLoss.SparePerOutput * topology.Sizes[^1], start, count);

    /// <summary>The losses of some examples.</summary>
    public Span<double> Losses(int start, int count) => losses.AsSpan(start, count);

    private static Span<float> Part(AlignedArray<float> buffer, int width, int start, int count) =>
        buffer.Span.Slice(start * width, count * width);

    private AlignedArray<float> CreateBuffer(int layer, int factor = 1) => new(BufferSize.Elements(
        $"the activations of layer {layer} for a batch of {Capacity} examples", sizeof(float), Capacity, factor, topology.Outputs(layer)));
}
