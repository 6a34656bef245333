using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>One thread's share of a product: C[rows, columns] += A[rows, depth] * B[depth, columns], all by pointer and stride.</summary>
internal unsafe struct GemmBlock
{
    public float* A, B, C;
    public int ARowStride, AColumnStride, BRowStride, BColumnStride, CRowStride;
    public int Rows, Columns, Depth;

    /// <summary>Whether each element continues from what C holds; otherwise from zero.</summary>
    public bool Accumulate;
}

/// <summary>The loops around the micro-kernel, numbered from the outside as in the BLIS papers (Van Zee and van de Geijn, 2015).</summary>
internal static unsafe class GemmLoops<L, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    public static void Run(in GemmBlock block)
    {
        var buffers = PackBuffers.OfThisThread;
        int blockColumns = Blocking.BlockTiles * MicroKernel<L, V>.TileColumns;

        // Loop 5: blocks of columns.
        for (int column = 0; column < block.Columns; column += blockColumns)
        {
            int columns = Math.Min(blockColumns, block.Columns - column);

            // Loop 4: stretches of k, ascending, each continuing the chains of the one before.
            for (int k = 0; k < block.Depth; k += Blocking.BlockDepth)
            {
                int depth = Math.Min(Blocking.BlockDepth, block.Depth - k);
                float* b = block.B + (long)k * block.BRowStride + (long)column * block.BColumnStride;
                Packing.Pack(b, block.BColumnStride, block.BRowStride, columns, depth, MicroKernel<L, V>.TileColumns, buffers.Right);

                // Loop 3: blocks of rows.
                for (int row = 0; row < block.Rows; row += Blocking.BlockRows)
                {
                    int rows = Math.Min(Blocking.BlockRows, block.Rows - row);
                    float* a = block.A + (long)row * block.ARowStride + (long)k * block.AColumnStride;
                    Packing.Pack(a, block.ARowStride, block.AColumnStride, rows, depth, Blocking.TileRows, buffers.Left);

                    float* c = block.C + (long)row * block.CRowStride + column;
                    Tiles(buffers, rows, columns, depth, block.Accumulate || k > 0, block.CRowStride, c);
                }
            }
        }
    }

    private static void Tiles(PackBuffers buffers, int rows, int columns, int depth, bool continues, int cStride, float* c)
    {
        int tileColumns = MicroKernel<L, V>.TileColumns;

        // Loop 2: tiles along the columns.
        for (int column = 0; column < columns; column += tileColumns)
        {
            float* b = buffers.Right + (long)column * depth;

            // Loop 1: tiles along the rows.
            for (int row = 0; row < rows; row += Blocking.TileRows)
            {
                float* a = buffers.Left + (long)row * depth;
                float* tile = c + (long)row * cStride + column;
                int presentRows = Math.Min(Blocking.TileRows, rows - row);
                int presentColumns = Math.Min(tileColumns, columns - column);
                if (presentRows == Blocking.TileRows && presentColumns == tileColumns)
                    MicroKernel<L, V>.Run(a, b, depth, continues, cStride, tile);
                else
                    EdgeTile(a, b, depth, continues, presentRows, presentColumns, cStride, buffers.Tile, tile);
            }
        }
    }

    /// <summary>A tile that sticks out of the result is worked on in a buffer, and only what belongs to the result is copied.</summary>
    private static void EdgeTile(float* a, float* b, int depth, bool continues, int rows, int columns, int cStride, float* buffer, float* c)
    {
        int tileColumns = MicroKernel<L, V>.TileColumns;
        if (continues)
        {
            for (int row = 0; row < rows; row++)
                Copy(c + (long)row * cStride, columns, buffer + row * tileColumns);
        }
        MicroKernel<L, V>.Run(a, b, depth, continues, tileColumns, buffer);
        for (int row = 0; row < rows; row++)
            Copy(buffer + row * tileColumns, columns, c + (long)row * cStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, int count, float* destination) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
