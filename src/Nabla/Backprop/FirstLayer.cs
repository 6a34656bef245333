using Nabla.Kernels;

namespace Nabla;

/// <summary>The layer that meets the data. Where most inputs are zero (pixels, one-hot columns), its products skip them, with the bits of the dense ones.</summary>
/// <remarks>
/// Whether a batch is worth it is judged by the batch before: shares of zeros are much the same in all. Several threads may work on different parts at once.
/// </remarks>
internal sealed unsafe class FirstLayer
{
    /// <summary>Parts of a batch begin at multiples of it.</summary>
    public const int Grain = SparseProduct.GroupLines;

    private const int WordBits = 64;

    // Parts of the products for each thread: some have more zeros than others.
    private const int PartsPerThread = 3;

    // Errors to pack from which on a second thread is worth it.
    private const int WorthAThread = 1 << 14;

    // Of so many rows of a dense batch, one is looked at for zeros.
    private const int Sampling = 16;

    private readonly Network network;
    private readonly int inputs;
    private readonly int outputs;
    private readonly int capacity;
    private SparseBuffers? buffers;
    private bool skips;
    private bool packsAhead;
    private int examples;
    private long nonZeros;
    private long seen;
    private bool notFinite;

    public FirstLayer(Network network, int capacity)
    {
        this.network = network;
        inputs = network.Topology.Inputs(0);
        outputs = network.Topology.Outputs(0);
        this.capacity = capacity;
    }

    /// <summary>The most parts that the gradient can be cut into.</summary>
    public int MostParts => NonZeros.Words(inputs);

    // A zero times what is not finite is not zero.
    private bool Skips => skips && !Volatile.Read(ref notFinite);

    /// <summary>Begins a batch, judging by the one before.</summary>
    /// <param name="examples">Examples of the batch to come.</param>
    /// <param name="packsAhead">Whether the weights will be packed by <see cref="PackWeights"/>, for forward products of some examples each.</param>
    public void Begin(int examples, bool packsAhead)
    {
        this.examples = examples;
        this.packsAhead = packsAhead;
        skips = seen > 0 && nonZeros <= SparseProduct.HighestDensity * seen && SparseBuffers.Fit(inputs, outputs, capacity);
        if (skips)
            buffers ??= new SparseBuffers(inputs, outputs, capacity);
        nonZeros = seen = 0;
        notFinite = false;
    }

    /// <summary>Looks for zeros in some examples.</summary>
    /// <param name="x">[examples, inputs].</param>
    /// <param name="start">The first of them, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    public void Look(float* x, int start, int count)
    {
        float* rows = x + start * (nint)inputs;
        if (skips)
        {
            Count(NonZeros.MarkRows(rows, count, inputs, buffers!.RowGroups(start), buffers.ColumnGroups(start)), (long)count * inputs);
            return;
        }
        for (int i = 0; i < count; i += Sampling)
            Count(inputs - new ReadOnlySpan<float>(rows + i * (nint)inputs, inputs).Count(0f), inputs);
    }

    /// <summary>Packs a part of the weights.</summary>
    public void PackWeights(int part, int parts)
    {
        if (!skips)
            return;
        var (start, end) = Partition.Range(inputs, WordBits, part, parts);
        fixed (float* weights = network.WeightValues(0))
            PackStretch(weights, 0, outputs, start, end);
    }

    /// <summary>z = b + x w^T for some examples.</summary>
    /// <param name="team">The threads that share the outputs.</param>
    /// <param name="x">[examples, inputs].</param>
    /// <param name="start">The first of the examples, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    /// <param name="z">[count, outputs].</param>
    public void Forward(ThreadTeam team, float* x, int start, int count, Span<float> z)
    {
        float* rows = x + start * (nint)inputs;
        fixed (float* weights = network.WeightValues(0), biases = network.BiasValues(0), result = z)
        {
            if (Skips && packsAhead)
                ForwardOfOutputs(rows, biases, start, count, 0, outputs, result);
            else if (skips && !packsAhead)
                Run(team, new Job { Owner = this, Work = Work.Forward, X = rows, Weights = weights, Biases = biases, Result = result, Count = count }, StripParts(team));
        }
        if (!Skips)
        {
            Gemm.MultiplyAddRow(
                team, Inputs(rows, count, 0, inputs), new ReadOnlyMatrix(network.WeightValues(0), outputs, inputs).Transposed, network.BiasValues(0),
                new Matrix(z, count, outputs));
        }
    }

    /// <summary>Packs the errors of some examples for the gradient.</summary>
    public void PackDelta(ThreadTeam team, ReadOnlySpan<float> delta, int start, int count)
    {
        if (!Skips)
            return;
        fixed (float* errors = delta)
            Run(team, new Job { Owner = this, Work = Work.PackDelta, X = errors, Start = start, Count = count }, Partition.WorthwhileParts(delta.Length, WorthAThread, team.Threads));
    }

    /// <summary>nabla_w = delta^T x.</summary>
    /// <param name="team">The threads that share the inputs.</param>
    /// <param name="x">[examples, inputs].</param>
    /// <param name="delta">[examples, outputs].</param>
    /// <param name="gradient">[outputs, inputs].</param>
    public void Gradient(ThreadTeam team, float* x, ReadOnlySpan<float> delta, Span<float> gradient)
    {
        if (!Skips)
        {
            Gemm.Multiply(team, Delta(delta), Inputs(x, examples, 0, inputs), new Matrix(gradient, outputs, inputs));
            return;
        }
        fixed (float* result = gradient)
            Run(team, new Job { Owner = this, Work = Work.Gradient, X = x, Result = result }, Math.Min(MostParts, PartsPerThread * team.Threads));
    }

    /// <summary>nabla_w = delta^T x for the inputs of one part.</summary>
    public void Gradient(float* x, ReadOnlySpan<float> delta, Span<float> gradient, int part, int parts)
    {
        if (Skips)
        {
            fixed (float* result = gradient)
                Gradient(x, result, part, parts);
            return;
        }
        var (start, end) = Partition.Range(inputs, WordBits, part, parts);
        if (start < end)
            Gemm.Multiply(ThreadTeam.Of(1), Delta(delta), Inputs(x, examples, start, end), new Matrix(gradient[start..], outputs, end - start, inputs));
    }

    private static void Run(ThreadTeam team, Job job, int parts) => team.Run(ref job, parts);

    private int StripParts(ThreadTeam team) => Math.Min((outputs + SparseProduct.WidestStrip - 1) / SparseProduct.WidestStrip, PartsPerThread * team.Threads);

    private void Count(long found, long among)
    {
        Interlocked.Add(ref nonZeros, found);
        Interlocked.Add(ref seen, among);
    }

    private void PackStretch(float* weights, int firstOutput, int endOutput, int start, int end)
    {
        if (!SparseProduct.Pack(weights + firstOutput * (nint)inputs, 1, inputs, endOutput - firstOutput, inputs, start, end, buffers!.Weights + firstOutput * (nint)inputs))
            Volatile.Write(ref notFinite, true);
    }

    private void PackDelta(float* delta, int start, int end)
    {
        if (!SparseProduct.Pack(delta, outputs, 1, outputs, examples, start, end, buffers!.Delta))
            Volatile.Write(ref notFinite, true);
    }

    private void ForwardOfOutputs(float* rows, float* biases, int start, int count, int firstOutput, int endOutput, float* z) => SparseProduct.Run(new SparseBlock
    {
        X = rows, LineStride = inputs, DepthStride = 1, Groups = buffers!.RowGroups(start), B = buffers.Weights + firstOutput * (nint)inputs, Start = biases + firstOutput,
        C = z + firstOutput, CLineStride = outputs, CColumnStride = 1, Lines = count, Columns = endOutput - firstOutput, Depth = inputs,
    });

    private void Gradient(float* x, float* gradient, int part, int parts)
    {
        var (firstWord, endWord) = Partition.Range(MostParts, 1, part, parts);
        for (int word = firstWord; word < endWord; word++)
        {
            ulong* groups = buffers!.Turned(word, examples);
            NonZeros.TurnAround(buffers.ColumnGroups(0), examples, MostParts, word, groups);
            int start = word * WordBits, count = Math.Min(WordBits, inputs - start);
            SparseProduct.Run(new SparseBlock
            {
                X = x + start, LineStride = 1, DepthStride = inputs, Groups = groups, B = buffers.Delta,
                C = gradient + start, CLineStride = 1, CColumnStride = inputs, Lines = count, Columns = outputs, Depth = examples,
            });
        }
    }

    private ReadOnlyMatrix Inputs(float* rows, int count, int start, int end) =>
        new(new ReadOnlySpan<float>(rows + start, count * inputs - start), count, end - start, inputs, 1);

    private ReadOnlyMatrix Delta(ReadOnlySpan<float> delta) => new ReadOnlyMatrix(delta, examples, outputs).Transposed;

    private enum Work
    {
        Forward,
        PackDelta,
        Gradient,
    }

    private struct Job : IParallelJob
    {
        public FirstLayer Owner;
        public Work Work;
        public float* X, Weights, Biases, Result;
        public int Start, Count;

        public readonly void Execute(int part, int parts)
        {
            int start, end;
            switch (Work)
            {
                case Work.Forward:
                    (start, end) = Partition.Range(Owner.outputs, SparseProduct.WidestStrip, part, parts);
                    Owner.PackStretch(Weights, start, end, 0, Owner.inputs);
                    Owner.ForwardOfOutputs(X, Biases, 0, Count, start, end, Result);
                    break;
                case Work.PackDelta:
                    (start, end) = Partition.Range(Count, 1, part, parts);
                    Owner.PackDelta(X - Start * (nint)Owner.outputs, Start + start, Start + end);
                    break;
                default:
                    Owner.Gradient(X, Result, part, parts);
                    break;
            }
        }
    }
}
