using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>Room for the packed blocks of one thread, allocated once and kept for its life.</summary>
internal sealed unsafe class PackBuffers
{
    private const int Alignment = 64;

    // A tile has two vectors of at most 16 lanes.
    private const int WidestTile = Blocking.TileVectors * 16;

    [ThreadStatic]
    private static PackBuffers? ofThisThread;

    private PackBuffers()
    {
        Left = Allocate(Blocking.BlockRows * Blocking.BlockDepth);
        Right = Allocate(Blocking.BlockTiles * WidestTile * Blocking.BlockDepth);
        Tile = Allocate(Blocking.TileRows * WidestTile);
    }

    ~PackBuffers()
    {
        NativeMemory.AlignedFree(Left);
        NativeMemory.AlignedFree(Right);
        NativeMemory.AlignedFree(Tile);
    }

    public static PackBuffers OfThisThread => ofThisThread ??= new PackBuffers();

    /// <summary>[strips, BlockDepth, TileRows]: rows of the left operand.</summary>
    public float* Left { get; }

    /// <summary>[strips, BlockDepth, tile columns]: columns of the right operand.</summary>
    public float* Right { get; }

    /// <summary>[TileRows, tile columns]: where a tile at the edge of the result is worked on.</summary>
    public float* Tile { get; }

    private static float* Allocate(int count) => (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), Alignment);
}
