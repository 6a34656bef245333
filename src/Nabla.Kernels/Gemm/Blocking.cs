namespace Nabla.Kernels;

/// <summary>Every blocking constant of the matrix product. None of them changes a bit of any result.</summary>
internal static class Blocking
{
    /// <summary>Rows of the tile that a micro-kernel keeps in registers.</summary>
    public const int TileRows = 6;

    /// <summary>Vectors in a row of that tile: 6 x 2 accumulators fit the 16 registers of AVX2 as well as the 32 of AVX-512 and NEON.</summary>
    public const int TileVectors = 2;

#if DEBUG
    // Tiny, so that every test crosses block edges.
    public const int BlockRows = 2 * TileRows;
    public const int BlockDepth = 5;
    public const int BlockTiles = 2;
    public const int WorthAThread = 64;
#else
    /// <summary>Rows of the left operand packed at a time; with <see cref="BlockDepth"/> it fills about half of an L2 cache.</summary>
    public const int BlockRows = 20 * TileRows;

    /// <summary>Length of the stretch of k packed at a time: one tile's strip of the right operand stays in L1.</summary>
    public const int BlockDepth = 256;

    /// <summary>Tiles in a row of the packed right operand.</summary>
    public const int BlockTiles = 32;

    /// <summary>Multiply-adds that a thread must have to do before waking it pays.</summary>
    public const int WorthAThread = 1 << 16;
#endif
}
