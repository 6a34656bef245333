using Nabla.Kernels;

namespace Nabla;

/// <summary>Dropout behind one hidden layer, for batches up to a size. Threads may work on different examples at once.</summary>
/// <remarks>a itself stays as it is: f' is computed from it, and has to see it without the factors.</remarks>
internal sealed unsafe class LayerDropout
{
#if DEBUG
    // Small, so that tests split small layers, too.
    private const int WorthAThread = 32;
#else
    private const int WorthAThread = 1 << 13;
#endif

    private readonly float rate;
    private readonly int outputs;
    private readonly uint firstBlock;
    private readonly AlignedArray<float> factors; // [capacity, outputs]: 0, or 1 / (1 - rate)
    private readonly AlignedArray<float> dropped; // [capacity, outputs]: a times the factors

    /// <param name="topology">The network's shape.</param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    public LayerDropout(Topology topology, int layer, int capacity)
    {
        rate = topology.Layers[layer].Dropout;
        outputs = topology.Outputs(layer);
        firstBlock = DropoutDraw.FirstBlock(topology, layer);
        factors = new AlignedArray<float>((long)capacity * outputs);
        dropped = new AlignedArray<float>((long)capacity * outputs);
    }

    /// <summary>What the layer above reads, after <see cref="Forward"/>: [count, outputs].</summary>
    public ReadOnlySpan<float> Outputs(int start, int count) => Part(dropped, start, count);

    /// <summary>Draws the factors of some examples, and multiplies a by them.</summary>
    /// <param name="batch">The batch; it says which draw.</param>
    /// <param name="team">The threads that share the examples.</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    /// <param name="a">[count, outputs]; not changed.</param>
    public void Forward(in Batch batch, ThreadTeam team, int start, int count, Span<float> a) =>
        Share(new Job { Layer = this, Batch = batch, Start = start, Count = count, IsForward = true }, team, a);

    /// <summary>Multiplies errors by the factors of <see cref="Forward"/>.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="team">The threads that share the examples.</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    /// <param name="delta">[count, outputs].</param>
    public void Backward(in Batch batch, ThreadTeam team, int start, int count, Span<float> delta) =>
        Share(new Job { Layer = this, Batch = batch, Start = start, Count = count, IsForward = false }, team, delta);

    private void Share(Job job, ThreadTeam team, Span<float> values)
    {
        fixed (float* first = values)
        {
            job.Values = first;
            team.Run(ref job, Partition.WorthwhileParts(values.Length, WorthAThread, team.Threads));
        }
    }

    private void Drop(in Batch batch, int start, int count, ReadOnlySpan<float> a)
    {
        var draw = batch.Dropout!.Value;
        for (int example = start; example < start + count; example++)
            draw.Fill(rate, firstBlock, batch.Row(example), Part(factors, example, 1));
        Elementwise.Multiply(a, Part(factors, start, count), Part(dropped, start, count));
    }

    private Span<float> Part(AlignedArray<float> buffer, int start, int count) => buffer.Span.Slice(start * outputs, count * outputs);

    private struct Job : IParallelJob
    {
        public LayerDropout Layer;
        public Batch Batch;
        public float* Values; // [count, outputs]: a, or delta
        public int Start, Count;
        public bool IsForward;

        public readonly void Execute(int part, int parts)
        {
            var (first, end) = Partition.Range(Count, InputLayer.Grain, part, parts);
            var values = new Span<float>(Values + first * (nint)Layer.outputs, (end - first) * Layer.outputs);
            if (IsForward)
                Layer.Drop(Batch, Start + first, end - first, values);
            else
                Elementwise.Multiply(values, Layer.Part(Layer.factors, Start + first, end - first), values);
        }
    }
}
