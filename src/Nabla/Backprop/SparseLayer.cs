using Nabla.Kernels;

namespace Nabla;

/// <summary>The products of a layer whose inputs are mostly zeros, and what they need besides the batch: where it is not zero, and both right operands, packed.</summary>
/// <param name="inputs">Inputs of the layer.</param>
/// <param name="outputs">Outputs of the layer.</param>
/// <param name="capacity">The most examples in a batch.</param>
internal sealed unsafe class SparseLayer(int inputs, int outputs, int capacity)
{
    private readonly int words = NonZeros.Words(inputs);
    private readonly AlignedArray<byte> bytes = new((long)capacity * inputs);
    private readonly AlignedArray<ulong> rowGroups = new((capacity / SparseProduct.GroupLines + 1L) * NonZeros.Words(inputs));
    private readonly AlignedArray<ushort> columnGroups = new((long)capacity * NonZeros.Words(inputs));
    private readonly AlignedArray<ulong> turned = new((long)NonZeros.GroupsOfAWord * NonZeros.Words(inputs) * NonZeros.Words(capacity));
    private readonly AlignedArray<float> weights = new(SparseProduct.PackedLength(inputs, outputs));
    private readonly AlignedArray<float> delta = new(SparseProduct.PackedLength(capacity, outputs));
    private readonly AlignedArray<float> table = new(256);

    // The batch at hand: floats, or bytes with a table.
    private float* floats;
    private bool isBytes;
    private int examples;

    /// <summary>Inputs of one part of the gradient.</summary>
    public const int InputsOfAWord = 64;

    /// <summary>Whether arrays can be that long.</summary>
    public static bool Fits(int inputs, int outputs, int capacity) =>
        Math.Max(Math.Max(SparseProduct.PackedLength(inputs, outputs), SparseProduct.PackedLength(capacity, outputs)), (long)inputs * capacity) < Array.MaxLength / 2;

    /// <summary>Begins a batch of floats.</summary>
    /// <param name="inputs">[examples, inputs].</param>
    /// <param name="examples">Up to the capacity.</param>
    public void Begin(float* inputs, int examples)
    {
        (isBytes, this.examples) = (false, examples);
        floats = inputs;
    }

    /// <summary>Begins a batch of bytes, which are copied by <see cref="Bytes"/>.</summary>
    /// <param name="values">What each of the 256 bytes stands for; 0 stands for 0.</param>
    /// <param name="examples">Up to the capacity.</param>
    public void Begin(ReadOnlySpan<float> values, int examples)
    {
        (isBytes, this.examples) = (true, examples);
        values.CopyTo(table.Span);
    }

    /// <summary>Where the bytes of some examples go.</summary>
    public Span<byte> Bytes(int start, int count) => bytes.Span.Slice(start * inputs, count * inputs);

    /// <summary>Looks where some examples are not zero.</summary>
    /// <param name="start">The first of them, a multiple of four.</param>
    /// <param name="count">Examples.</param>
    /// <returns>How many inputs are not zero.</returns>
    public long Mark(int start, int count) => isBytes
        ? NonZeros.MarkRows(bytes.Pointer + start * (nint)inputs, count, inputs, RowGroups(start), ColumnGroups(start))
        : NonZeros.MarkRows(floats + start * (nint)inputs, count, inputs, RowGroups(start), ColumnGroups(start));

    /// <summary>Packs the weights of some inputs and outputs; they are finite.</summary>
    /// <param name="source">[inputs, outputs], all weights.</param>
    /// <param name="firstInput">Where the inputs begin.</param>
    /// <param name="endInput">Where they end.</param>
    /// <param name="firstOutput">Where the outputs begin, a multiple of <see cref="SparseProduct.WidestStrip"/>.</param>
    /// <param name="endOutput">Where they end.</param>
    public void PackWeights(float* source, int firstInput, int endInput, int firstOutput, int endOutput) => SparseProduct.Pack(
        source + firstOutput, outputs, endOutput - firstOutput, inputs, firstInput, endInput, weights.Pointer + firstOutput * (nint)inputs);

    /// <summary>Packs the errors of some examples; they are finite.</summary>
    /// <param name="source">[examples, outputs], all errors.</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    public void PackDelta(float* source, int start, int count) => SparseProduct.Pack(source, outputs, outputs, examples, start, start + count, delta.Pointer);

    /// <summary>z = b + x w for some examples and outputs, whose weights are packed.</summary>
    /// <param name="biases">[outputs].</param>
    /// <param name="start">The first of the examples, a multiple of four.</param>
    /// <param name="count">Examples.</param>
    /// <param name="firstOutput">A multiple of <see cref="SparseProduct.WidestStrip"/>.</param>
    /// <param name="endOutput">Where the outputs end.</param>
    /// <param name="z">[count, outputs].</param>
    public void Forward(float* biases, int start, int count, int firstOutput, int endOutput, float* z) => SparseProduct.Run(new SparseBlock
    {
        X = Input(start, 0), Table = Table, LineStride = inputs, DepthStride = 1, Groups = RowGroups(start), B = weights.Pointer + firstOutput * (nint)inputs,
        Start = biases + firstOutput, C = z + firstOutput, CStride = outputs, Lines = count, Columns = endOutput - firstOutput, Depth = inputs,
    });

    /// <summary>nabla_w = x^T delta for some inputs; all errors are packed.</summary>
    /// <param name="start">Where the inputs begin, a multiple of <see cref="InputsOfAWord"/>.</param>
    /// <param name="end">Where they end: there, or with the last.</param>
    /// <param name="gradient">[end - start, outputs].</param>
    public void Gradient(int start, int end, float* gradient)
    {
        nint groupsOfAWord = NonZeros.GroupsOfAWord * NonZeros.Words(examples);
        ulong* groups = turned.Pointer + start / InputsOfAWord * groupsOfAWord;
        for (int word = start / InputsOfAWord; word * InputsOfAWord < end; word++)
            NonZeros.TurnAround(ColumnGroups(0), examples, words, word, turned.Pointer + word * groupsOfAWord);
        SparseProduct.Run(new SparseBlock
        {
            X = Input(0, start), Table = Table, LineStride = 1, DepthStride = inputs, Groups = groups, B = delta.Pointer,
            C = gradient, CStride = outputs, Lines = end - start, Columns = outputs, Depth = examples,
        });
    }

    private float* Table => isBytes ? table.Pointer : null;

    private void* Input(int example, int input) => isBytes ? bytes.Pointer + example * (nint)inputs + input : floats + example * (nint)inputs + input;

    private ulong* RowGroups(int example) => rowGroups.Pointer + example / SparseProduct.GroupLines * (nint)words;

    private ushort* ColumnGroups(int example) => columnGroups.Pointer + example * (nint)words;
}
