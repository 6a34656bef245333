using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Groups of lines by one strip of columns: the arguments of <see cref="SparseTile{L, V, TRow, TCell}"/>.</summary>
internal unsafe struct SparseStrip
{
    /// <summary>Element (line, k) of the mostly-zero operand is <c>line * LineStride + k * DepthStride</c> bytes after X.</summary>
    public byte* X;
    public nint LineStride, DepthStride;

    /// <summary>[256] the value of each byte, if the elements are bytes.</summary>
    public float* Table;

    /// <summary>[pairs of lines, words]: bit k is set if one of the pair's lines is not zero at k.</summary>
    public ulong* Pairs;
    public int Groups, Words;

    /// <summary>[depth, columns of the strip] without gaps.</summary>
    public float* B;

    /// <summary>[columns]: the start of each line's chains.</summary>
    public float* Start;

    /// <summary>[lines, columns]: the result.</summary>
    public float* C;
    public nint CStride;

    /// <summary>The number of lanes of the last vector of C that are written.</summary>
    public int Last;
}

/// <summary>How an element of a mostly-zero operand is stored.</summary>
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

/// <summary>A byte, such as a pixel, that is an index into a table of floats: a quarter of the memory, for one more load.</summary>
internal readonly unsafe struct ByteCell : ICell
{
    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value(byte* cell, float* table) => table[*cell];
}
