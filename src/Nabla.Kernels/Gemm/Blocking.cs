namespace Nabla.Kernels;

/// <summary>All blocking constants of the matrix product. They affect time, never results.</summary>
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
    public const int ShallowDepth = 3;
    public const int WorthAThread = 64;
#else
    /// <summary>The most k in a block.</summary>
    public static readonly int BlockDepth = BlockSizes.InUse.Depth;

    /// <summary>Floats of the left operand in a packed block.</summary>
    public static readonly int LeftBlock = BlockSizes.InUse.Left;

    /// <summary>Columns of the right operand in a packed block.</summary>
    public static readonly int BlockColumns = BlockSizes.InUse.Columns;

    /// <summary>The most k in a block for a result of one strip of columns, whose right operand is read once per strip of rows.</summary>
    public static readonly int NarrowBlockDepth = 2 * BlockDepth;

    /// <summary>With more columns than this, packing the left operand pays: it is read once per strip of columns.</summary>
    public const int ColumnsWorthPacking = 4 * WidestTile;

    /// <summary>
    /// With more rows than this, packing a right operand with contiguous rows pays: it is read once per strip of rows. Any other is
    /// always packed.
    /// </summary>
    public const int RowsWorthPacking = 4 * TallestTile;

    /// <summary>
    /// The most k of a shallow product. Packing its right operand does not pay (its few rows stay in L1), nor does prefetching (a tile
    /// takes less time than the instructions that prefetch).
    /// </summary>
    public const int ShallowDepth = 32;

    /// <summary>The fewest multiply-adds for which waking a thread pays.</summary>
    public const int WorthAThread = 1 << 16;
#endif

    /// <summary>Rows of the left operand in a packed block: more where the block has fewer k.</summary>
    public static int BlockRows(int depth) => Math.Max(1, LeftBlock / (depth * TallestTile)) * TallestTile;
}
