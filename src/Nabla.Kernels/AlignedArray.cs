using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>An array that begins at a cache line and is never moved, so that kernels may keep pointers into it and vectors do not straddle two lines.</summary>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] values;
    private readonly int start;

    /// <param name="length">0 or more; the elements are 0.</param>
    public AlignedArray(long length)
    {
        values = GC.AllocateArray<T>(checked((int)(length + LineBytes / sizeof(T))), pinned: true);
        Length = (int)length;
        start = (int)(-(nint)Unsafe.AsPointer(ref values[0]) & (LineBytes - 1)) / sizeof(T);
    }

    /// <summary>Elements.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<T> Span => values.AsSpan(start, Length);

    /// <summary>The first element; valid as long as this object lives.</summary>
    public T* Pointer => (T*)Unsafe.AsPointer(ref values[start]);
}
