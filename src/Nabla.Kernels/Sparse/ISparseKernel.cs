using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Four lines of a mostly-zero operand: element (line, k) stands <c>line * LineStride + k * DepthStride</c> bytes behind Start.</summary>
internal readonly unsafe struct FourLines(byte* start, nint lineStride, nint depthStride, float* table, ulong* marks, int words)
{
    public readonly byte* Start = start;
    public readonly nint LineStride = lineStride;
    public readonly nint DepthStride = depthStride;

    /// <summary>What each of the 256 bytes stands for, if the elements are bytes.</summary>
    public readonly float* Table = table;

    /// <summary>Bit k is set where one of the four lines is not zero; so many words.</summary>
    public readonly ulong* Marks = marks;
    public readonly int Words = words;
}

/// <summary>What an element of a mostly-zero operand is in memory.</summary>
internal unsafe interface ICell
{
    /// <summary>Bytes of an element.</summary>
    static abstract int Size { get; }

    static abstract float Value(byte* cell, float* table);
}

/// <summary>A float.</summary>
internal readonly unsafe struct FloatCell : ICell
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value(byte* cell, float* table) => *(float*)cell;
}

/// <summary>A byte that stands for a float in a table, as a pixel does: a quarter of the memory, for one more look.</summary>
internal readonly unsafe struct ByteCell : ICell
{
    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value(byte* cell, float* table) => table[*cell];
}

/// <summary>The innermost sparse product: four lines by some vectors of columns, held in registers while k runs over the marks.</summary>
/// <remarks>
/// Contract: each element begins with <c>start</c> (zero where start is null; the same row for all four lines) and continues ONE chain of fused multiply-adds,
/// k ascending, over the marked k alone. <c>b</c> is [depth, columns] without gaps, <c>c</c> is [4, columns], rows cStride apart; the variant's name tells how many vectors
/// the columns are. Whole vectors of b and start are read, but of the last vector of c only so many lanes are written as <c>last</c> says.
/// The result says whether an element is -0, which alone can differ from the chain over all k (see <see cref="SparseProduct"/>).
/// </remarks>
internal unsafe interface ISparseKernel
{
    /// <summary>Columns of one vector.</summary>
    static abstract int VectorLength { get; }

    static abstract bool RunFour(in FourLines a, float* b, float* start, float* c, nint cStride, int last);

    static abstract bool RunThree(in FourLines a, float* b, float* start, float* c, nint cStride, int last);

    static abstract bool RunTwo(in FourLines a, float* b, float* start, float* c, nint cStride, int last);

    static abstract bool RunOne(in FourLines a, float* b, float* start, float* c, nint cStride, int last);

    /// <summary>The first of the lines alone, by four vectors: where there is but one, three more would cost more than they hide.</summary>
    static abstract bool RunOneLine(in FourLines a, float* b, float* start, float* c, int last);
}
