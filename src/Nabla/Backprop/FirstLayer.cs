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

    // The most parts of a product for each thread: some have more zeros than others.
    private const int PartsPerThread = 8;

    // Of so many rows of a dense batch, one is looked at for zeros.
    private const int Sampling = 16;

    private readonly Network network;
    private readonly int inputs;
    private readonly int outputs;
    private readonly int capacity;
    private AlignedArray<float>? scaled;
    private SparseLayer? sparse;
    private long nonZeros;
    private long seen;

    // The batch at hand.
    private BatchInputs? source;
    private float* floats;
    private int examples;
    private bool skips;
    private bool leavesBytes;
    private bool weightsNotFinite;
    private bool errorsNotFinite;

    // What the next batch can have.
    private long packedVersion = -1;
    private bool packedNotFinite;

    public FirstLayer(Network network, int capacity)
    {
        this.network = network;
        inputs = network.Topology.Inputs(0);
        outputs = network.Topology.Outputs(0);
        this.capacity = capacity;
    }

    /// <summary>
    /// Whether the batch at hand is taken through the network some examples at a time, each by one thread, which packs for itself the weights that it meets. Where zeros
    /// are skipped, those of this layer are packed once for all.
    /// </summary>
    public bool SharesExamples { get; private set; }

    /// <summary>Whether the weights are as <see cref="PackForNext"/> left them: packed already, and finite.</summary>
    public bool HasPackedWeights { get; private set; }

    /// <summary>Whether the inputs are needed as floats after all, and have to be read again by <see cref="ReadFloats"/>.</summary>
    public bool NeedsFloats => leavesBytes && !SkipsBack;

    // A zero times what is not finite is not zero.
    private bool SkipsForward => skips && !Volatile.Read(ref weightsNotFinite);

    private bool SkipsBack => SkipsForward && !Volatile.Read(ref errorsNotFinite);

    /// <summary>Begins a batch whose inputs are there.</summary>
    /// <param name="inputs">[examples, inputs].</param>
    /// <param name="examples">Up to the capacity.</param>
    /// <param name="mostPacked">Up to so many weights that each thread packs for itself, examples are shared out.</param>
    public void Begin(float* inputs, int examples, int mostPacked)
    {
        source = null;
        floats = inputs;
        Judge(examples, mostPacked, []);
    }

    /// <summary>Begins a batch whose inputs are still to be read.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="examples">Up to the capacity.</param>
    /// <param name="mostPacked">Up to so many weights that each thread packs for itself, examples are shared out.</param>
    public void Begin(BatchInputs source, int examples, int mostPacked)
    {
        this.source = source;
        scaled ??= new AlignedArray<float>((long)capacity * inputs);
        floats = scaled.Pointer;
        Judge(examples, mostPacked, source.ValuesOfBytes);
    }

    /// <summary>Reads some examples and looks for zeros in them.</summary>
    /// <param name="start">The first of them, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    public void Read(int start, int count)
    {
        if (leavesBytes)
            source!.Read(start, count, sparse!.Bytes(start, count));
        else
            ReadFloats(start, count);
        if (skips)
            Count(sparse!.Mark(start, count), (long)count * inputs);
        else
            Sample(start, count);
    }

    /// <summary>Reads some examples as floats.</summary>
    public void ReadFloats(int start, int count) => source?.Read(start, count, new Span<float>(Row(start), count * inputs));

    /// <summary>Does a part of what the weights need before the first product.</summary>
    public void PrepareWeights(int part, int parts)
    {
        if (!skips || HasPackedWeights)
            return;
        var (start, end) = Partition.Range(inputs, 1, part, parts);
        CheckAndPack(start, end, ref weightsNotFinite);
    }

    /// <summary>Packs the errors of some examples for the gradient.</summary>
    /// <param name="delta">[count, outputs].</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    public void PackDelta(ReadOnlySpan<float> delta, int start, int count)
    {
        if (!skips)
            return;
        CheckFinite(delta, ref errorsNotFinite);
        fixed (float* errors = delta)
            sparse!.PackDelta(errors - start * (nint)outputs, start, count);
    }

    /// <summary>z = b + x w for some examples, and a = f(z).</summary>
    /// <param name="team">The threads that share the outputs.</param>
    /// <param name="start">The first of the examples, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    /// <param name="z">[count, outputs]; becomes a.</param>
    /// <param name="activation">f; null for none.</param>
    public void Forward(ThreadTeam team, int start, int count, Span<float> z, HiddenActivation? activation)
    {
        if (SkipsForward)
        {
            fixed (float* weights = network.Weights(0), biases = network.Biases(0), result = z)
            {
                var job = new ForwardJob { Owner = this, Weights = weights, Biases = biases, Result = result, Start = start, Count = count, Activation = activation };
                int strips = (outputs + SparseProduct.WidestStrip - 1) / SparseProduct.WidestStrip;
                team.Run(ref job, team.Threads == 1 ? 1 : Math.Min(strips, PartsPerThread * team.Threads));
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
    public int GradientParts(int threads) => SkipsBack ? Math.Min((inputs + GradientGrain - 1) / GradientGrain, PartsPerThread * threads) : threads;

    /// <summary>Which inputs' weights make up one of these parts.</summary>
    public (int Start, int End) GradientInputs(int part, int parts) => Partition.Range(inputs, GradientGrain, part, parts);

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

    /// <summary>Packs the weights of one part, which have just moved and are in cache, for the next batch.</summary>
    /// <param name="start">Where the inputs begin.</param>
    /// <param name="end">Where they end.</param>
    public void PackForNext(int start, int end)
    {
        if (skips && SharesExamples)
            CheckAndPack(start, end, ref packedNotFinite);
    }

    /// <summary>To be called once all parts are packed.</summary>
    public void KeepPacked() => packedVersion = skips && SharesExamples && !packedNotFinite ? network.Version : -1;

    private int GradientGrain => SkipsBack ? SparseLayer.InputsOfAWord : Partition.CacheLine;

    /// <summary>Where outputs are shared out, weights are packed later, by whoever needs them.</summary>
    private void CheckAndPack(int start, int end, ref bool notFinite)
    {
        CheckFinite(network.Weights(0)[(start * outputs)..(end * outputs)], ref notFinite);
        if (!SharesExamples)
            return;
        fixed (float* weights = network.Weights(0))
            sparse!.PackWeights(weights, start, end, 0, outputs);
    }

    private void Judge(int examples, int mostPacked, ReadOnlySpan<float> valuesOfBytes)
    {
        this.examples = examples;
        skips = seen > 0 && nonZeros <= SparseProduct.HighestDensity * seen && SparseLayer.Fits(inputs, outputs, capacity);
        leavesBytes = skips && valuesOfBytes.Length > 0;
        SharesExamples = network.Topology.WeightCount - (skips ? (long)inputs * outputs : 0) <= mostPacked;
        HasPackedWeights = skips && SharesExamples && packedVersion == network.Version;
        nonZeros = seen = 0;
        weightsNotFinite = errorsNotFinite = packedNotFinite = false;
        if (!skips)
            return;
        sparse ??= new SparseLayer(inputs, outputs, capacity);
        if (leavesBytes)
            sparse.Begin(valuesOfBytes, examples);
        else
            sparse.Begin(floats, examples);
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

    private static void CheckFinite(ReadOnlySpan<float> values, ref bool notFinite)
    {
        if (!Finite.All(values))
            Volatile.Write(ref notFinite, true);
    }

    private float* Row(int example) => floats + example * (nint)inputs;

    private ReadOnlyMatrix Floats(int start, int count, int firstInput, int endInput) =>
        new(new ReadOnlySpan<float>(Row(start) + firstInput, count * inputs - firstInput), count, endInput - firstInput, inputs, 1);

    /// <summary>The sparse product, shared out by outputs.</summary>
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
            // Where outputs are shared out, a strip of weights is packed just before it is needed.
            if (!Owner.SharesExamples)
                Owner.sparse!.PackWeights(Weights, 0, Owner.inputs, start, end);
            Owner.sparse!.Forward(Biases, Start, Count, start, end, Result);
            Activation?.Apply(Result + start, Count, end - start, outputs);
        }
    }
}
