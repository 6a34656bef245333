using Nabla.Kernels;

namespace Nabla;

/// <summary>What skipping zeros needs besides the batch: where it is not zero, and both right operands, packed.</summary>
internal sealed unsafe class SparseBuffers(int inputs, int outputs, int capacity)
{
    private readonly int words = NonZeros.Words(inputs);
    private readonly AlignedArray<ulong> rowGroups = new((capacity / SparseProduct.GroupLines + 1L) * NonZeros.Words(inputs));
    private readonly AlignedArray<ushort> columnGroups = new((long)capacity * NonZeros.Words(inputs));
    private readonly AlignedArray<ulong> turned = new((long)NonZeros.GroupsOfAWord * NonZeros.Words(inputs) * NonZeros.Words(capacity));
    private readonly AlignedArray<float> weights = new(SparseProduct.PackedLength(inputs, outputs));
    private readonly AlignedArray<float> delta = new(SparseProduct.PackedLength(capacity, outputs));

    /// <summary>Whether arrays can be that long.</summary>
    public static bool Fit(int inputs, int outputs, int capacity) =>
        Math.Max(SparseProduct.PackedLength(inputs, outputs), SparseProduct.PackedLength(capacity, outputs)) < Array.MaxLength / 2;

    /// <summary>The weights, [strips][inputs, outputs of the strip].</summary>
    public float* Weights => weights.Pointer;

    /// <summary>The errors, [strips][examples, outputs of the strip].</summary>
    public float* Delta => delta.Pointer;

    /// <summary>Where an example's group of four is not zero, and those that follow, [groups of examples, words of inputs].</summary>
    public ulong* RowGroups(int example) => rowGroups.Pointer + example / SparseProduct.GroupLines * (nint)words;

    /// <summary>In which groups of four inputs an example is not zero, and those that follow, [examples, words of inputs].</summary>
    public ushort* ColumnGroups(int example) => columnGroups.Pointer + example * (nint)words;

    /// <summary>In which examples the groups of one word of inputs are not zero, [groups, words of examples].</summary>
    public ulong* Turned(int word, int examples) => turned.Pointer + NonZeros.GroupsOfAWord * word * (nint)NonZeros.Words(examples);
}
