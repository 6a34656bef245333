using Nabla.Kernels;

namespace Nabla;

/// <summary>The input layer for inputs that are mostly zero (pixels, one-hot columns): products skip zeros, with the same bits.</summary>
/// <remarks>
/// Bytes are not even scaled: a table says what each stands for. The inputs are all in one slice, or in one slice for each thread: then an
/// input's values, weights and gradient stay with one thread, and the next slice continues the sums of the one before: one chain goes
/// through all slices. A zero times what is not finite is not zero, so that weights and errors must be finite: <see cref="IsValid"/>.
/// </remarks>
internal sealed unsafe class SparseInputLayer : InputLayer
{
    // The most strips of outputs for each thread.
    private const int StripsPerThread = 8;

    // The most parts of the gradient for each thread: some have more zeros than others.
    private const int PartsPerThread = 8;

    // A slice passes so many examples before the next one goes on with their sums: fewer cost more calls, more keep the next one waiting.
    private const int Stretch = 2 * Grain;

    private readonly Network network;
    private readonly ZeroShare zeros;
    private readonly SparseSlice[] slices;
    private readonly Relay relay;
    private readonly AlignedArray<float> delta; // [examples, outputs], packed
    private readonly int inputs;
    private readonly int outputs;
    private bool weightsArePacked;
    private bool isNotFinite;

    /// <param name="network">Read only.</param>
    /// <param name="zeros">Is told what share of the inputs is zero.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="sliceCount">Slices, at least 1.</param>
    public SparseInputLayer(Network network, ZeroShare zeros, int capacity, int sliceCount)
    {
        this.network = network;
        this.zeros = zeros;
        inputs = network.Topology.Inputs(0);
        outputs = network.Topology.Outputs(0);
        delta = new AlignedArray<float>(SparseProduct.PackedLength(capacity, outputs));
        relay = new Relay(sliceCount);
        slices = new SparseSlice[sliceCount];
        for (int slice = 0; slice < sliceCount; slice++)
        {
            int start = Boundary(slice, sliceCount), end = Boundary(slice + 1, sliceCount);
            slices[slice] = new SparseSlice(start, end - start, inputs, outputs, capacity, passesOn: slice < sliceCount - 1);
        }
    }

    public override bool PacksWeights => true;

    public override bool IsValid => !Volatile.Read(ref isNotFinite);

    public override void Begin(in Batch batch)
    {
        weightsArePacked = isNotFinite = false;
        relay.Begin();
    }

    public override void Read(in Batch batch, int start, int count)
    {
        if (batch.ValuesOfBytes == null)
            ReadFloats(batch, start, count);
        long found = 0;
        foreach (var slice in slices)
            found += slice.Mark(batch, start, count);
        zeros.Add(found, (long)count * inputs);
    }

    /// <summary>Reads some examples as floats.</summary>
    public void ReadFloats(in Batch batch, int start, int count) =>
        batch.Source?.Read(start, count, new Span<float>(batch.Inputs + start * (nint)inputs, count * inputs));

    public override void PackWeights(int part, int parts)
    {
        weightsArePacked = true;
        var (start, end) = Partition.Range(inputs, 1, part, parts);
        fixed (float* weights = network.Weights(0))
        {
            if (start < end)
                Require(SliceOf(start).PackWeights(weights, start, end, 0, outputs));
        }
    }

    public override void Forward(
        in Batch batch, ThreadTeam team, int start, int count, Span<float> z, LayerActivation? activation, Span<float> a)
    {
        fixed (float* weights = network.Weights(0), biases = network.Biases(0), weightedInputs = z, activations = a)
        {
            var job = new ForwardJob
            {
                Layer = this, Batch = batch, Weights = weights, Biases = biases, Z = weightedInputs, A = activations, Start = start,
                Count = count, Activation = activation,
            };
            int strips = (outputs + SparseProduct.WidestStrip - 1) / SparseProduct.WidestStrip;
            team.Run(ref job, team.Threads == 1 ? 1 : Math.Min(strips, StripsPerThread * team.Threads));
        }
    }

    /// <summary>
    /// z = b + x w for all examples: passes the slices not yet claimed by another thread, and returns once z of some examples is there.
    /// </summary>
    /// <param name="batch">The batch; float inputs have been read.</param>
    /// <param name="part">Which of the callers this is.</param>
    /// <param name="parts">How many there are.</param>
    /// <param name="end">The examples before this one are waited for.</param>
    /// <param name="z">[all examples, outputs].</param>
    public void PassSlices(in Batch batch, int part, int parts, int end, Span<float> z)
    {
        fixed (float* weights = network.Weights(0), biases = network.Biases(0), result = z)
        {
            // The thread's own slice first: it is in its cache.
            int own = part * slices.Length / parts;
            if (relay.TryTake(own))
                PassSlice(batch, own, weights, biases, result);
            for (int slice = 0; slice < slices.Length; slice++)
            {
                if (relay.TryTake(slice))
                    PassSlice(batch, slice, weights, biases, result);
            }
        }
        relay.WaitFor(slices.Length - 1, end);
    }

    public override void PackErrors(in Batch batch, ReadOnlySpan<float> delta, int start, int count)
    {
        fixed (float* errors = delta)
        {
            Require(SparseProduct.Pack(
                errors - start * (nint)outputs, outputs, outputs, batch.Examples, start, start + count, this.delta.Pointer));
        }
    }

    // Inputs differ in how often they are zero.
    public override int GradientParts(int threads) =>
        slices.Length * Math.Min(NonZeros.Words(slices[0].Count), PartsPerThread * Math.Max(1, threads / slices.Length));

    public override (int Start, int End) GradientInputs(int part, int parts)
    {
        int partsOfSlice = parts / slices.Length;
        var slice = slices[part / partsOfSlice];
        var (start, end) = Partition.Range(slice.Count, SparseSlice.InputsOfAWord, part % partsOfSlice, partsOfSlice);
        return (slice.First + start, slice.First + end);
    }

    public override void Gradient(in Batch batch, ReadOnlySpan<float> delta, Span<float> gradient, int start, int end)
    {
        fixed (float* result = gradient)
            SliceOf(start).Gradient(batch, this.delta.Pointer, start, end, result);
    }

    private void PassSlice(in Batch batch, int slice, float* weights, float* biases, float* z)
    {
        var own = slices[slice];
        var before = slice > 0 ? slices[slice - 1] : null;
        bool isLast = slice == slices.Length - 1;
        long found = 0;
        try
        {
            Require(own.PackWeights(weights, own.First, own.End, 0, outputs));
            for (int start = 0; start < batch.Examples; start += Stretch)
            {
                int count = Math.Min(Stretch, batch.Examples - start);
                found += own.Mark(batch, start, count);
                if (before is not null)
                    relay.WaitFor(slice - 1, start + count);
                own.Forward(
                    batch, before is null ? biases : before.Sums(start), before?.SumsStride ?? 0, start, count, 0, outputs,
                    isLast ? z + start * (nint)outputs : own.Sums(start), isLast ? outputs : own.SumsStride);
                relay.Reached(slice, start + count);
            }
        }
        finally
        {
            // Nobody waits for a slice that failed.
            relay.Reached(slice, batch.Examples);
        }
        zeros.Add(found, (long)batch.Examples * own.Count);
    }

    private void Require(bool isFinite)
    {
        if (!isFinite)
            Volatile.Write(ref isNotFinite, true);
    }

    private SparseSlice SliceOf(int input)
    {
        int slice = 0;
        while (slices[slice].End <= input)
            slice++;
        return slices[slice];
    }

    // Slices begin at cache lines of floats; what cannot be cut evenly goes to the first, which waits for nobody.
    private int Boundary(int slice, int count) =>
        (int)Math.Min(inputs, ((long)inputs * slice / count + Cache.LineLength - 1) / Cache.LineLength * Cache.LineLength);

    /// <summary>The product, shared by outputs, and the activation.</summary>
    private struct ForwardJob : IParallelJob
    {
        public SparseInputLayer Layer;
        public Batch Batch;
        public float* Weights, Biases, Z, A;
        public int Start, Count;
        public LayerActivation? Activation;

        public readonly void Execute(int part, int parts)
        {
            int inputs = Layer.inputs, outputs = Layer.outputs;
            var (start, end) = Partition.Range(outputs, SparseProduct.WidestStrip, part, parts);
            // Unless they are packed already, a strip of weights is packed just before it is needed.
            if (!Layer.weightsArePacked)
                Layer.Require(Layer.slices[0].PackWeights(Weights, 0, inputs, start, end));
            Layer.slices[0].Forward(Batch, Biases, 0, Start, Count, start, end, Z, outputs);
            Activation?.Apply(Z + start, A + start, Count, end - start, outputs);
        }
    }
}
