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
    public const int BlockRows = 2 * TallestTile;
    public const int BlockDepth = 5;
    public const int BlockColumns = 2 * WidestTile;
    public const int NarrowBlockDepth = 11;
    public const int ColumnsWorthPacking = 3 * WidestTile;
    public const int RowsWorthPacking = TallestTile + 5;
    public const int DepthWorthPacking = 3;
    public const int WorthAThread = 64;
#else
    /// <summary>Rows of the left operand packed at a time; with <see cref="BlockDepth"/> they fill a part of an L2 cache.</summary>
    public const int BlockRows = 22 * TallestTile;

    /// <summary>Length of the stretch of k at a time: one strip of the right operand, 64 KB, is read again for each strip of rows.</summary>
    public const int BlockDepth = 512;

    /// <summary>Columns of the right operand packed at a time; with <see cref="BlockDepth"/> 2 MB.</summary>
    public const int BlockColumns = 32 * WidestTile;

    /// <summary>The same for a result of one strip of columns, which is read once for every strip of rows and may come from L2.</summary>
    public const int NarrowBlockDepth = 4 * BlockDepth;

    /// <summary>Columns from which on packing the left operand pays: each strip of them reads it once.</summary>
    public const int ColumnsWorthPacking = 4 * WidestTile;

    /// <summary>Rows from which on packing the right operand pays, unless its columns are apart: each strip of rows reads it once.</summary>
    public const int RowsWorthPacking = 4 * TallestTile;

    /// <summary>Depth from which on packing the right operand pays: so few of its rows stay in L1 wherever they lie.</summary>
    public const int DepthWorthPacking = 32;

    /// <summary>Multiply-adds that a thread must have to do before waking it pays.</summary>
    public const int WorthAThread = 1 << 16;
#endif
}
