using Nabla.Kernels;

namespace Nabla;

/// <summary>Consecutive inputs of a layer, most of which are zero: where they are not, their weights, packed, and their products.</summary>
internal sealed unsafe class SparseSlice
{
    /// <summary>Inputs that share a word of marks; parts of the gradient begin at multiples of it.</summary>
    public const int InputsOfAWord = 64;

    private readonly int allInputs;
    private readonly int outputs;
    private readonly int words;
    private readonly int rows;
    private readonly AlignedArray<byte> bytes;
    private readonly AlignedArray<ulong> rowPairs;
    private readonly AlignedArray<byte> columnPairs;
    private readonly AlignedArray<ulong> turned;
    private readonly AlignedArray<float> weights;
    private readonly AlignedArray<float> sums;

    /// <param name="first">The first of these inputs.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="allInputs">Inputs of the layer.</param>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="passesOn">Whether the sums of these inputs are not the last, and stay here.</param>
    public SparseSlice(int first, int count, int allInputs, int outputs, int capacity, bool passesOn)
    {
        (First, Count) = (first, count);
        this.allInputs = allInputs;
        this.outputs = outputs;
        words = NonZeros.Words(count);
        rows = NonZeros.Words(capacity) * InputsOfAWord;
        SumsStride = (outputs + Cache.LineLength - 1) / Cache.LineLength * Cache.LineLength;
        bytes = new AlignedArray<byte>((long)capacity * words * InputsOfAWord);
        rowPairs = new AlignedArray<ulong>((capacity / 2 + 1L) * words);
        columnPairs = new AlignedArray<byte>((long)rows * words * NonZeros.PairBytes);
        turned = new AlignedArray<ulong>((long)NonZeros.PairsOfAWord * words * NonZeros.Words(capacity));
        weights = new AlignedArray<float>(SparseProduct.PackedLength(count, outputs));
        sums = new AlignedArray<float>(passesOn ? (long)capacity * SumsStride : 0);
    }

    /// <summary>The first of these inputs.</summary>
    public int First { get; }

    /// <summary>How many they are.</summary>
    public int Count { get; }

    /// <summary>Where they end.</summary>
    public int End => First + Count;

    /// <summary>Distance from one example's sums to the next.</summary>
    public int SumsStride { get; }

    /// <summary>Whether arrays can be that long.</summary>
    public static bool Fits(int inputs, int outputs, int capacity) =>
        SparseProduct.PackedLength(Math.Max(inputs, capacity), outputs) <= BufferSize.MaximumElements(sizeof(float)) - Cache.LineLength
        && (long)inputs * capacity < Array.MaxLength / 2;

    /// <summary>Where these inputs' sums of some examples stand, if they are passed on: [examples, outputs].</summary>
    public float* Sums(int start) => sums.Pointer + start * (nint)SumsStride;

    /// <summary>Looks where some examples are not zero; bytes are read on the way.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first of the examples, a multiple of four.</param>
    /// <param name="count">Examples.</param>
    /// <returns>How many inputs are not zero.</returns>
    public long Mark(in Batch batch, int start, int count)
    {
        if (batch.ValuesOfBytes == null)
        {
            return NonZeros.MarkRows(
                (float*)Input(batch, start, 0), allInputs, count, Count, RowPairs(start), columnPairs.Pointer + start, rows);
        }
        // Rows of a shuffled data set come from anywhere.
        int ahead = batch.Examples - start - count;
        fixed (byte* bytesOfSource = batch.Source!.Bytes)
        fixed (int* which = batch.Source.Rows)
        {
            return NonZeros.CopyAndMarkRows(
                bytesOfSource + First, batch.Source.Width, which + start, count, ahead, Count, (byte*)Input(batch, start, 0), Stride(batch),
                RowPairs(start), columnPairs.Pointer + start, rows);
        }
    }

    /// <summary>Packs some of the weights.</summary>
    /// <param name="source">[inputs, outputs], all weights of the layer.</param>
    /// <param name="firstInput">Where the inputs begin, among all.</param>
    /// <param name="endInput">Where they end.</param>
    /// <param name="firstOutput">Where the outputs begin, a multiple of <see cref="SparseProduct.WidestStrip"/>.</param>
    /// <param name="endOutput">Where they end.</param>
    /// <returns>Whether they are finite.</returns>
    public bool PackWeights(float* source, int firstInput, int endInput, int firstOutput, int endOutput) => SparseProduct.Pack(
        source + First * (nint)outputs + firstOutput, outputs, endOutput - firstOutput, Count, firstInput - First, endInput - First,
        weights.Pointer + firstOutput * (nint)Count);

    /// <summary>z = what it begins with + x w for some examples and outputs, whose weights are packed.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="begin">[outputs], the same for all examples, or [count, outputs].</param>
    /// <param name="beginStride">Distance from one row of it to the next, or 0.</param>
    /// <param name="start">The first of the examples, a multiple of four.</param>
    /// <param name="count">Examples.</param>
    /// <param name="firstOutput">A multiple of <see cref="SparseProduct.WidestStrip"/>.</param>
    /// <param name="endOutput">Where the outputs end.</param>
    /// <param name="z">[count, outputs].</param>
    /// <param name="stride">Distance from one row of z to the next.</param>
    public void Forward(
        in Batch batch, float* begin, nint beginStride, int start, int count, int firstOutput, int endOutput, float* z, nint stride) =>
        SparseProduct.Run(new SparseBlock
        {
            X = Input(batch, start, 0), Table = batch.ValuesOfBytes, LineStride = Stride(batch), DepthStride = 1, Pairs = RowPairs(start),
            B = weights.Pointer + firstOutput * (nint)Count, Start = begin + firstOutput, StartStride = beginStride, C = z + firstOutput,
            CStride = stride, Lines = count, Columns = endOutput - firstOutput, Depth = Count,
        });

    /// <summary>nabla_w = x^T delta for some inputs.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="delta">[examples, outputs], packed.</param>
    /// <param name="start">Where the inputs begin among all: a multiple of <see cref="InputsOfAWord"/> behind the first.</param>
    /// <param name="end">Where they end: there, or with the last.</param>
    /// <param name="gradient">[end - start, outputs].</param>
    public void Gradient(in Batch batch, float* delta, int start, int end, float* gradient)
    {
        nint turnedOfAWord = NonZeros.PairsOfAWord * NonZeros.Words(batch.Examples);
        int firstWord = (start - First) / InputsOfAWord;
        for (int word = firstWord; First + word * InputsOfAWord < end; word++)
        {
            NonZeros.TurnAround(
                columnPairs.Pointer + word * (nint)(NonZeros.PairBytes * rows), rows, batch.Examples, turned.Pointer + word * turnedOfAWord);
        }
        SparseProduct.Run(new SparseBlock
        {
            X = Input(batch, 0, start - First), Table = batch.ValuesOfBytes, LineStride = 1, DepthStride = Stride(batch),
            Pairs = turned.Pointer + firstWord * turnedOfAWord, B = delta, C = gradient, CStride = outputs, Lines = end - start,
            Columns = outputs, Depth = batch.Examples,
        });
    }

    private int Stride(in Batch batch) => batch.ValuesOfBytes != null ? words * InputsOfAWord : allInputs;

    private void* Input(in Batch batch, int example, int input) => batch.ValuesOfBytes != null
        ? bytes.Pointer + example * (nint)Stride(batch) + input
        : batch.Inputs + example * (nint)allInputs + First + input;

    private ulong* RowPairs(int example) => rowPairs.Pointer + example / 2 * (nint)words;
}
