using Nabla.Kernels;

namespace Nabla;

/// <summary>The layer that meets the data. Where most inputs are zero (pixels, one-hot columns), its products skip them, with the bits of the dense ones.</summary>
/// <remarks>
/// Whether a batch is worth it is judged by the batch before: shares of zeros are much the same in all. Bytes are then not even scaled: a table says what
/// each stands for. Several threads may work on different parts at once.
/// </remarks>
internal sealed unsafe class FirstLayer
{
    /// <summary>Parts of a batch begin at multiples of it.</summary>
    public const int Grain = SparseProduct.GroupLines;

    // The most strips of outputs for each thread.
    private const int StripsPerThread = 8;

    // Of so many rows of a dense batch, one is looked at for zeros.
    private const int Sampling = 16;

    private readonly Network network;
    private readonly int inputs;
    private readonly int outputs;
    private readonly int capacity;
    private readonly int mostPacked;
    private readonly int slices;
    private AlignedArray<float>? scaled;
    private SparseSlices? sparse;
    private long nonZeros;
    private long seen;

    // The batch at hand.
    private BatchInputs? source;
    private float* floats;
    private int examples;
    private bool leavesBytes;
    private bool weightsNotFinite;
    private bool errorsNotFinite;

    /// <param name="network">Read only.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="mostPacked">Up to so many weights that each thread packs for itself, examples are shared out.</param>
    /// <param name="slices">Where zeros are skipped and examples are shared out, the inputs are shared out in so many slices first; 0 if they are not.</param>
    public FirstLayer(Network network, int capacity, int mostPacked, int slices)
    {
        this.network = network;
        inputs = network.Topology.Inputs(0);
        outputs = network.Topology.Outputs(0);
        this.capacity = capacity;
        this.mostPacked = mostPacked;
        this.slices = network.Topology.WeightCount - (long)inputs * outputs <= mostPacked ? Math.Min(slices, NonZeros.Words(inputs)) : 0;
    }

    /// <summary>
    /// Whether the batch at hand is taken through the network some examples at a time, each by one thread, which packs for itself the weights that it meets; those of
    /// this layer, where zeros are skipped, are packed once for all.
    /// </summary>
    public bool SharesExamples { get; private set; }

    /// <summary>Whether zeros of the batch at hand are skipped, and so must be known before the first product.</summary>
    public bool SkipsZeros { get; private set; }

    /// <summary>Whether the inputs of the batch at hand are shared out before, in slices that <see cref="PassSlices"/> passes.</summary>
    public bool SharesInputs => SkipsZeros && slices > 0;

    /// <summary>Whether all inputs must be read before the slices are passed; bytes are read on the way.</summary>
    public bool NeedsReading => SharesInputs && !leavesBytes && source is not null;

    /// <summary>Whether the inputs are needed as floats after all, and have to be read again by <see cref="ReadFloats"/>.</summary>
    public bool NeedsFloats => leavesBytes && !SkipsBack;

    // A zero times what is not finite is not zero.
    private bool SkipsForward => SkipsZeros && !Volatile.Read(ref weightsNotFinite);

    private bool SkipsBack => SkipsForward && !Volatile.Read(ref errorsNotFinite);

    /// <summary>Begins a batch whose inputs are there.</summary>
    /// <param name="inputs">[examples, inputs].</param>
    /// <param name="examples">Up to the capacity.</param>
    public void Begin(float* inputs, int examples)
    {
        source = null;
        floats = inputs;
        Judge(examples, []);
    }

    /// <summary>Begins a batch whose inputs are still to be read.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="examples">Up to the capacity.</param>
    public void Begin(BatchInputs source, int examples)
    {
        this.source = source;
        scaled ??= new AlignedArray<float>((long)capacity * inputs);
        floats = scaled.Pointer;
        Judge(examples, source.ValuesOfBytes);
    }

    /// <summary>Reads some examples and looks for zeros in them.</summary>
    /// <param name="start">The first of them, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    public void Read(int start, int count)
    {
        if (!leavesBytes)
            ReadFloats(start, count);
        if (SkipsZeros)
            Count(sparse!.Mark(start, count), (long)count * inputs);
        else
            Sample(start, count);
    }

    /// <summary>Reads some examples as floats.</summary>
    public void ReadFloats(int start, int count) => source?.Read(start, count, new Span<float>(Row(start), count * inputs));

    /// <summary>Does a part of what the weights need before the first product, where inputs are not shared out.</summary>
    public void PrepareWeights(int part, int parts)
    {
        if (!SkipsZeros)
            return;
        var (start, end) = Partition.Range(inputs, 1, part, parts);
        bool finite;
        if (SharesExamples)
        {
            fixed (float* weights = network.Weights(0))
                finite = sparse!.PackWeights(weights, start, end, 0, outputs);
        }
        else
        {
            // They are packed later, by whoever needs them.
            finite = Finite.All(network.Weights(0)[(start * outputs)..(end * outputs)]);
        }
        if (!finite)
            Volatile.Write(ref weightsNotFinite, true);
    }

    /// <summary>z = b + x w, where inputs are shared out: passes the slices that nobody has begun, and returns once z of some examples is there.</summary>
    /// <param name="part">Which of the callers this is.</param>
    /// <param name="parts">How many there are.</param>
    /// <param name="end">The examples before this one are waited for.</param>
    /// <param name="z">[all examples, outputs].</param>
    public void PassSlices(int part, int parts, int end, Span<float> z)
    {
        fixed (float* weights = network.Weights(0), biases = network.Biases(0), result = z)
            Count(sparse!.Pass(part, parts, end, weights, biases, result, ref weightsNotFinite), 0);
    }

    /// <summary>Packs the errors of some examples for the gradient.</summary>
    /// <param name="delta">[count, outputs].</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    public void PackDelta(ReadOnlySpan<float> delta, int start, int count)
    {
        if (!SkipsZeros)
            return;
        fixed (float* errors = delta)
        {
            if (!sparse!.PackDelta(errors, start, count))
                Volatile.Write(ref errorsNotFinite, true);
        }
    }

    /// <summary>z = b + x w for some examples, and a = f(z).</summary>
    /// <param name="team">The threads that share the outputs.</param>
    /// <param name="start">The first of the examples, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    /// <param name="z">[count, outputs], already there if slices were passed; becomes a.</param>
    /// <param name="activation">f; null for none.</param>
    public void Forward(ThreadTeam team, int start, int count, Span<float> z, HiddenActivation? activation)
    {
        if (SkipsForward)
        {
            fixed (float* weights = network.Weights(0), biases = network.Biases(0), result = z)
            {
                var job = new ForwardJob { Owner = this, Weights = weights, Biases = biases, Result = result, Start = start, Count = count, Activation = activation };
                int strips = (outputs + SparseProduct.WidestStrip - 1) / SparseProduct.WidestStrip;
                team.Run(ref job, team.Threads == 1 ? 1 : Math.Min(strips, StripsPerThread * team.Threads));
            }
            return;
        }
        var weightsOfInputs = new ReadOnlyMatrix(network.Weights(0), inputs, outputs);
        if (activation is null)
            Gemm.MultiplyAddRow(team, Floats(start, count, 0, inputs), weightsOfInputs, network.Biases(0), new Matrix(z, count, outputs));
        else
            activation.Forward(team, Floats(start, count, 0, inputs), weightsOfInputs, network.Biases(0), new Matrix(z, count, outputs));
    }

    /// <summary>Into how many parts to cut the gradient for so many threads. Inputs differ in how often they are zero; a part of a dense product packs all errors.</summary>
    public int GradientParts(int threads) => SkipsBack ? sparse!.GradientParts(threads) : threads;

    /// <summary>Which inputs' weights make up one of these parts.</summary>
    public (int Start, int End) GradientInputs(int part, int parts) =>
        SkipsBack ? sparse!.GradientInputs(part, parts) : Partition.Range(inputs, Cache.LineLength, part, parts);

    /// <summary>nabla_w = x^T delta for the inputs of one part.</summary>
    /// <param name="delta">[examples, outputs].</param>
    /// <param name="gradient">[end - start, outputs].</param>
    /// <param name="start">Where the inputs begin.</param>
    /// <param name="end">Where they end.</param>
    public void Gradient(ReadOnlySpan<float> delta, Span<float> gradient, int start, int end)
    {
        if (SkipsBack)
        {
            fixed (float* result = gradient)
                sparse!.Gradient(start, end, result);
            return;
        }
        Gemm.Multiply(
            ThreadTeam.Of(1), Floats(0, examples, start, end).Transposed, new ReadOnlyMatrix(delta, examples, outputs),
            new Matrix(gradient, end - start, outputs));
    }

    private void Judge(int examples, ReadOnlySpan<float> valuesOfBytes)
    {
        this.examples = examples;
        SkipsZeros = seen > 0 && nonZeros <= SparseProduct.HighestDensity * seen && SparseInputs.Fits(inputs, outputs, capacity);
        leavesBytes = SkipsZeros && valuesOfBytes.Length > 0;
        SharesExamples = network.Topology.WeightCount - (SkipsZeros ? (long)inputs * outputs : 0) <= mostPacked;
        nonZeros = 0;
        seen = SharesInputs ? (long)examples * inputs : 0;
        weightsNotFinite = errorsNotFinite = false;
        if (!SkipsZeros)
            return;
        sparse ??= new SparseSlices(inputs, outputs, capacity, Math.Max(1, slices));
        sparse.Begin(source, valuesOfBytes, floats, examples);
    }

    private void Sample(int start, int count)
    {
        for (int i = start; i < start + count; i += Sampling)
            Count(NonZeros.Count(new ReadOnlySpan<float>(Row(i), inputs)), inputs);
    }

    private void Count(long found, long among)
    {
        Interlocked.Add(ref nonZeros, found);
        Interlocked.Add(ref seen, among);
    }

    private float* Row(int example) => floats + example * (nint)inputs;

    private ReadOnlyMatrix Floats(int start, int count, int firstInput, int endInput) =>
        new(new ReadOnlySpan<float>(Row(start) + firstInput, count * inputs - firstInput), count, endInput - firstInput, inputs, 1);

    /// <summary>The sparse product, shared out by outputs, unless slices were passed; and the activation.</summary>
    private struct ForwardJob : IParallelJob
    {
        public FirstLayer Owner;
        public float* Weights, Biases, Result;
        public int Start, Count;
        public HiddenActivation? Activation;

        public readonly void Execute(int part, int parts)
        {
            int outputs = Owner.outputs;
            var (start, end) = Partition.Range(outputs, SparseProduct.WidestStrip, part, parts);
            if (!Owner.SharesInputs)
            {
                // Where outputs are shared out, a strip of weights is packed just before it is needed.
                if (!Owner.SharesExamples)
                    Owner.sparse!.PackWeights(Weights, 0, Owner.inputs, start, end);
                Owner.sparse!.Forward(Biases, Start, Count, start, end, Result);
            }
            Activation?.Apply(Result + start, Count, end - start, outputs);
        }
    }
}
