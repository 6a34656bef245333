using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Some groups of four lines by one strip of columns.</summary>
internal unsafe struct SparseStrip
{
    /// <summary>Element (line, k) of the mostly-zero operand stands <c>line * LineStride + k * DepthStride</c> bytes behind X.</summary>
    public byte* X;
    public nint LineStride, DepthStride;

    /// <summary>What each of the 256 bytes stands for, if the elements are bytes.</summary>
    public float* Table;

    /// <summary>[groups, words]: bit k is set where one of the group's lines is not zero.</summary>
    public ulong* Marks;
    public int Groups, Words;

    /// <summary>[depth, columns of the strip] without gaps.</summary>
    public float* B;

    /// <summary>[lines, columns]: what the elements begin with.</summary>
    public float* Start;
    public nint StartStride;

    /// <summary>[lines, columns]</summary>
    public float* C;
    public nint CStride;

    /// <summary>So many lanes of the last vector of C are written.</summary>
    public int Last;
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
