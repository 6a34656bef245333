namespace Nabla;

/// <summary>What a pass through the network leaves behind, for batches up to a size. Allocated once, used for every batch.</summary>
internal sealed class Workspace
{
    private readonly float[][] activations;
    private readonly float[][] errors;
    private readonly Topology topology;

    /// <param name="topology">The network's shape.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="withErrors">Whether gradients will be computed, or outputs alone.</param>
    /// <exception cref="ArgumentException">A layer's activations would not fit one buffer.</exception>
    public Workspace(Topology topology, int capacity, bool withErrors)
    {
        this.topology = topology;
        Capacity = capacity;
        activations = new float[topology.LayerCount][];
        errors = new float[withErrors ? topology.LayerCount - 1 : 0][];
        for (int layer = 0; layer < topology.LayerCount; layer++)
            activations[layer] = Buffer(layer);
        for (int layer = 0; layer < errors.Length; layer++)
            errors[layer] = Buffer(layer);
    }

    /// <summary>The most examples in a batch.</summary>
    public int Capacity { get; }

    /// <summary>A layer's z, then its a, [examples, outputs]. For the last layer backpropagation turns it into delta.</summary>
    public Span<float> Activations(int layer, int examples) => activations[layer].AsSpan(0, examples * topology.Outputs(layer));

    /// <summary>delta of a hidden layer, [examples, outputs].</summary>
    public Span<float> Errors(int layer, int examples) => errors[layer].AsSpan(0, examples * topology.Outputs(layer));

    private float[] Buffer(int layer)
    {
        long length = (long)Capacity * topology.Outputs(layer);
        return length <= Array.MaxLength
            ? GC.AllocateUninitializedArray<float>((int)length, pinned: true)
            : throw new ArgumentException(
                $"A batch of {Capacity} examples has {length} activations in layer {layer}, more than one buffer can hold: use smaller batches or layers.");
    }
}
