namespace Nabla.Kernels;

/// <summary>Every blocking constant of the matrix product. None of them changes a bit of any result.</summary>
internal static class Blocking
{
    /// <summary>Rows of the tallest tile.</summary>
    public const int TallestTile = 12;

    /// <summary>Columns of the widest tile: two vectors of 16 lanes.</summary>
    public const int WidestTile = 32;

#if DEBUG
    // Tiny, so that every test crosses block edges.
    public const int BlockDepth = 5;
    public const int LeftBlock = 2 * TallestTile * BlockDepth;
    public const int BlockColumns = 2 * WidestTile;
    public const int NarrowBlockDepth = 11;
    public const int ColumnsWorthPacking = 3 * WidestTile;
    public const int RowsWorthPacking = TallestTile + 5;
    public const int DepthWorthPacking = 3;
    public const int WorthAThread = 64;
#else
    /// <summary>Length of the stretch of k at a time: one strip of the right operand, 128 KB, comes from L2 for each strip of rows, and the result is read and written once a stretch.</summary>
    public const int BlockDepth = 1024;

    /// <summary>Floats of the left operand packed at a time: half of an L2 cache.</summary>
    public const int LeftBlock = 11 * TallestTile * BlockDepth;

    /// <summary>Columns of the right operand packed at a time; with <see cref="BlockDepth"/> 8 MB.</summary>
    public const int BlockColumns = 64 * WidestTile;

    /// <summary>Length of the stretch of k for a result of one strip of columns, whose right operand is read once for every strip of rows.</summary>
    public const int NarrowBlockDepth = 2 * BlockDepth;

    /// <summary>Columns from which on packing the left operand pays: each strip of them reads it once.</summary>
    public const int ColumnsWorthPacking = 4 * WidestTile;

    /// <summary>Rows from which on packing the right operand pays, unless its columns are apart: each strip of rows reads it once.</summary>
    public const int RowsWorthPacking = 4 * TallestTile;

    /// <summary>Depth from which on packing the right operand pays: so few of its rows stay in L1 wherever they lie.</summary>
    public const int DepthWorthPacking = 32;

    /// <summary>Multiply-adds that a thread must have to do before waking it pays.</summary>
    public const int WorthAThread = 1 << 16;
#endif

    /// <summary>Rows of the left operand packed at a time: more where the stretch of k is short.</summary>
    public static int BlockRows(int depth) => Math.Max(1, LeftBlock / (depth * TallestTile)) * TallestTile;
}
