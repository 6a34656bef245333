using Nabla.Kernels;

namespace Nabla;

/// <summary>The input layer for inputs that are mostly zero (pixels, one-hot columns): products skip zeros, with the same bits.</summary>
/// <remarks>
/// Bytes are not even scaled: a table says what each stands for. A zero times what is not finite is not zero, so that weights and errors
/// must be finite: <see cref="IsValid"/>.
/// </remarks>
internal sealed unsafe class SparseInputLayer : InputLayer
{
    // The most strips of outputs for each thread.
    private const int StripsPerThread = 8;

    // The most parts of the gradient for each thread: some have more zeros than others.
    private const int PartsPerThread = 8;

    // Inputs that share a word of marks; parts of the gradient begin at multiples of it.
    private const int InputsOfAWord = 64;

    private readonly Network network;
    private readonly ZeroShare zeros;
    private readonly int inputs;
    private readonly int outputs;
    private readonly int words;
    private readonly AlignedArray<byte> bytes; // [examples, inputs rounded up to whole words]
    private readonly AlignedArray<ulong> rowPairs; // see NonZeros.MarkRows
    private readonly AlignedArray<uint> columnPairs; // the same
    private readonly AlignedArray<ulong> turned; // see NonZeros.TurnAround
    private readonly AlignedArray<float> weights; // [inputs, outputs], packed
    private readonly AlignedArray<float> delta; // [examples, outputs], packed
    private bool weightsArePacked;
    private bool isNotFinite;

    /// <param name="network">Read only.</param>
    /// <param name="zeros">Is told what share of the inputs is zero.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    public SparseInputLayer(Network network, ZeroShare zeros, int capacity)
    {
        this.network = network;
        this.zeros = zeros;
        inputs = network.Topology.Inputs(0);
        outputs = network.Topology.Outputs(0);
        words = NonZeros.Words(inputs);
        bytes = new AlignedArray<byte>((long)capacity * words * InputsOfAWord);
        rowPairs = new AlignedArray<ulong>((capacity / 2 + 1L) * words);
        columnPairs = new AlignedArray<uint>((capacity + NonZeros.RowsAtOnce - 1L) * words);
        turned = new AlignedArray<ulong>((long)NonZeros.PairsOfAWord * words * NonZeros.Words(capacity));
        weights = new AlignedArray<float>(SparseProduct.PackedLength(inputs, outputs));
        delta = new AlignedArray<float>(SparseProduct.PackedLength(capacity, outputs));
    }

    /// <summary>Whether arrays can be that long.</summary>
    public static bool Fits(int inputs, int outputs, int capacity) =>
        SparseProduct.PackedLength(Math.Max(inputs, capacity), outputs) <= BufferSize.MaximumElements(sizeof(float)) - Cache.LineLength
        && (long)inputs * capacity < Array.MaxLength / 2;

    public override bool PacksWeights => true;

    public override bool IsValid => !Volatile.Read(ref isNotFinite);

    public override void Begin(in Batch batch) => weightsArePacked = isNotFinite = false;

    public override void Read(in Batch batch, int start, int count)
    {
        ulong* pairs = RowPairs(start);
        uint* columns = columnPairs.Pointer + start * (nint)words;
        long found;
        if (batch.ValuesOfBytes == null)
        {
            float* x = (float*)Input(batch, start, 0);
            batch.Source?.Read(start, count, new Span<float>(x, count * inputs));
            found = NonZeros.MarkRows(x, inputs, count, inputs, pairs, columns);
        }
        else
        {
            // Rows of a shuffled data set come from anywhere.
            int ahead = batch.Examples - start - count;
            fixed (byte* source = batch.Source!.Bytes)
            fixed (int* which = batch.Source.Rows)
            {
                found = NonZeros.CopyAndMarkRows(
                    source, batch.Source.Width, which + start, count, ahead, inputs, (byte*)Input(batch, start, 0), Stride(batch), pairs,
                    columns);
            }
        }
        zeros.Add(found, (long)count * inputs);
    }

    public override void PackWeights(int part, int parts)
    {
        weightsArePacked = true;
        var (start, end) = Partition.Range(inputs, 1, part, parts);
        if (start < end)
            PackWeights(start, end, 0, outputs);
    }

    public override void Forward(
        in Batch batch, ThreadTeam team, int start, int count, Span<float> z, LayerActivation? activation, Span<float> a)
    {
        fixed (float* biases = network.Biases(0), weightedInputs = z, activations = a)
        {
            var job = new ForwardJob
            {
                Layer = this, Batch = batch, Biases = biases, Z = weightedInputs, A = activations, Start = start, Count = count,
                Activation = activation,
            };
            int strips = (outputs + SparseProduct.WidestStrip - 1) / SparseProduct.WidestStrip;
            team.Run(ref job, team.Threads == 1 ? 1 : Math.Min(strips, StripsPerThread * team.Threads));
        }
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
    public override int GradientParts(int threads) => Math.Min(words, PartsPerThread * threads);

    public override (int Start, int End) GradientInputs(int part, int parts) => Partition.Range(inputs, InputsOfAWord, part, parts);

    public override void Gradient(in Batch batch, ReadOnlySpan<float> delta, Span<float> gradient, int start, int end)
    {
        nint turnedOfAWord = NonZeros.PairsOfAWord * NonZeros.Words(batch.Examples);
        int firstWord = start / InputsOfAWord;
        for (int word = firstWord; word * InputsOfAWord < end; word++)
            NonZeros.TurnAround(columnPairs.Pointer + word, words, batch.Examples, turned.Pointer + word * turnedOfAWord);
        fixed (float* result = gradient)
        {
            SparseProduct.Run(new SparseBlock
            {
                X = Input(batch, 0, start), Table = batch.ValuesOfBytes, LineStride = 1, DepthStride = Stride(batch),
                Pairs = turned.Pointer + firstWord * turnedOfAWord, B = this.delta.Pointer, C = result, CStride = outputs,
                Lines = end - start, Columns = outputs, Depth = batch.Examples,
            });
        }
    }

    /// <summary>Packs the weights of some inputs and outputs; the first output is a multiple of the widest strip.</summary>
    private void PackWeights(int firstInput, int endInput, int firstOutput, int endOutput)
    {
        fixed (float* source = network.Weights(0))
        {
            Require(SparseProduct.Pack(
                source + firstOutput, outputs, endOutput - firstOutput, inputs, firstInput, endInput,
                weights.Pointer + firstOutput * (nint)inputs));
        }
    }

    private void Require(bool isFinite)
    {
        if (!isFinite)
            Volatile.Write(ref isNotFinite, true);
    }

    private int Stride(in Batch batch) => batch.ValuesOfBytes != null ? words * InputsOfAWord : inputs;

    private void* Input(in Batch batch, int example, int input)
    {
        nint element = example * (nint)Stride(batch) + input;
        return batch.ValuesOfBytes != null ? bytes.Pointer + element : batch.Inputs + element;
    }

    private ulong* RowPairs(int example) => rowPairs.Pointer + example / 2 * (nint)words;

    /// <summary>The product, shared by outputs, and the activation.</summary>
    private struct ForwardJob : IParallelJob
    {
        public SparseInputLayer Layer;
        public Batch Batch;
        public float* Biases, Z, A;
        public int Start, Count;
        public LayerActivation? Activation;

        public readonly void Execute(int part, int parts)
        {
            int inputs = Layer.inputs, outputs = Layer.outputs;
            var (start, end) = Partition.Range(outputs, SparseProduct.WidestStrip, part, parts);
            // Unless they are packed already, a strip of weights is packed just before it is needed.
            if (!Layer.weightsArePacked)
                Layer.PackWeights(0, inputs, start, end);
            SparseProduct.Run(new SparseBlock
            {
                X = Layer.Input(Batch, Start, 0), Table = Batch.ValuesOfBytes, LineStride = Layer.Stride(Batch), DepthStride = 1,
                Pairs = Layer.RowPairs(Start), B = Layer.weights.Pointer + start * (nint)inputs, Start = Biases + start, C = Z + start,
                CStride = outputs, Lines = Count, Columns = end - start, Depth = inputs,
            });
            Activation?.Apply(Z + start, A + start, Count, end - start, outputs);
        }
    }
}
