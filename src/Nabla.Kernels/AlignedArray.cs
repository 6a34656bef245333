using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>
/// An array that begins at a cache line, so that vectors do not straddle two lines, and is never moved, so that kernels may keep pointers
/// into it.
/// </summary>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private readonly T[] values;
    private readonly int start;

    /// <param name="length">Elements, 0 or more; all are 0.</param>
    /// <exception cref="ArgumentException">The length is negative, or more than a buffer holds.</exception>
    public AlignedArray(long length)
    {
        Length = BufferSize.ElementsOfLength("An array", sizeof(T), length);
        // Up to a cache line stays unused before the first element.
        int room = BufferSize.ElementsOfLength("An array that begins at a cache line", sizeof(T), length + Cache.LineBytes / sizeof(T));
        values = GC.AllocateArray<T>(room, pinned: true);
        start = (int)(-(nint)Unsafe.AsPointer(ref values[0]) & (Cache.LineBytes - 1)) / sizeof(T);
    }

    /// <summary>Elements.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<T> Span => values.AsSpan(start, Length);

    /// <summary>The first element; valid as long as this object lives.</summary>
    public T* Pointer => (T*)Unsafe.AsPointer(ref values[start]);
}
