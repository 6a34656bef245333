using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>Buffers for the packed blocks of one thread, allocated once and kept for the thread's life.</summary>
internal sealed unsafe class PackBuffers
{
    [ThreadStatic]
    private static PackBuffers? ofThisThread;

    private PackBuffers()
    {
        Left = Allocate(LeftCapacity);
        Right = Allocate(RightCapacity);
        Tile = Allocate(Blocking.TallestTile * Blocking.WidestTile);
    }

    ~PackBuffers()
    {
        NativeMemory.AlignedFree(Left);
        NativeMemory.AlignedFree(Right);
        NativeMemory.AlignedFree(Tile);
    }

    public static PackBuffers OfThisThread => ofThisThread ??= new PackBuffers();

    /// <summary>Floats of the left buffer: a block of strips, or one strip of a narrow result's depth.</summary>
    public static int LeftCapacity { get; } = Math.Max(Blocking.LeftBlock, Blocking.TallestTile * Blocking.NarrowBlockDepth);

    /// <summary>Floats of the right buffer.</summary>
    public static int RightCapacity { get; } =
        Math.Max(Blocking.BlockColumns * Blocking.BlockDepth, Blocking.WidestTile * Blocking.NarrowBlockDepth);

    /// <summary>Strips of [depth, rows of a tile]: the left operand.</summary>
    public float* Left { get; }

    /// <summary>Strips of [depth, columns of a tile]: the right operand.</summary>
    public float* Right { get; }

    /// <summary>[rows of a tile, columns of a tile]: a tile at the edge of the result.</summary>
    public float* Tile { get; }

    private static float* Allocate(int count) => (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), Cache.LineBytes);
}
