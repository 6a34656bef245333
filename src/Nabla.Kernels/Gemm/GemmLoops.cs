using System.Diagnostics;

namespace Nabla.Kernels;

/// <summary>One thread's share of a product, by pointer and stride: C = start + A B.</summary>
internal unsafe struct GemmBlock
{
    public float* A, B, C;
    public nint ARowStride, AColumnStride, BRowStride, BColumnStride, CRowStride;
    public int Rows, Columns, Depth;

    /// <summary>The start of each chain: C itself, one row for all rows (stride 0), or zero if null.</summary>
    public float* Start;
    public nint StartStride;
}

/// <summary>The loops around the micro-kernel, numbered from the outside as in the BLIS papers (Van Zee and van de Geijn, 2015).</summary>
/// <typeparam name="TTall">The kernel for full strips of rows.</typeparam>
/// <typeparam name="TLow">The kernel for a last strip with few rows.</typeparam>
internal static unsafe class GemmLoops<TTall, TLow>
    where TTall : struct, IMicroKernel
    where TLow : struct, IMicroKernel
{
    private static int Narrow => TTall.VectorLength;

    private static int Wide => 2 * TTall.VectorLength;

    public static void Run(in GemmBlock block)
    {
        var buffers = PackBuffers.OfThisThread;
        int blockDepth = block.Columns <= Wide ? Blocking.NarrowBlockDepth : Blocking.BlockDepth;

        // Loop 5: blocks of columns.
        for (int column = 0; column < block.Columns; column += Blocking.BlockColumns)
        {
            int columns = Math.Min(Blocking.BlockColumns, block.Columns - column);

            // Loop 4: blocks of k, ascending; each continues the chains of the one before.
            for (int k = 0; k < block.Depth; k += blockDepth)
            {
                int depth = Math.Min(blockDepth, block.Depth - k);
                bool packsRight = block.BColumnStride != 1
                    || (block.Rows > Blocking.RowsWorthPacking && depth > Blocking.ShallowDepth);

                // Loop 3: blocks of rows.
                int blockRows = Blocking.BlockRows(depth);
                for (int row = 0; row < block.Rows; row += blockRows)
                {
                    var part = Part(block, row, Math.Min(blockRows, block.Rows - row), column, columns, k, depth);
                    Strips(part, packsRight, isFirst: row == 0, buffers);
                }
            }
        }
    }

    /// <summary>A block of rows, columns and k. Chains start as the whole product's do, or continue from its result.</summary>
    private static GemmBlock Part(in GemmBlock block, int row, int rows, int column, int columns, int k, int depth)
    {
        var part = block;
        (part.Rows, part.Columns, part.Depth) = (rows, columns, depth);
        part.A += row * block.ARowStride + k * block.AColumnStride;
        part.B += k * block.BRowStride + column * block.BColumnStride;
        part.C += row * block.CRowStride + column;
        part.Start = k > 0 ? part.C : block.Start == null ? null : block.Start + row * block.StartStride + column;
        part.StartStride = k > 0 ? block.CRowStride : block.StartStride;
        return part;
    }

    /// <summary>Packs the left operand where that pays; a strip with missing rows is always packed, and padded with zeros.</summary>
    private static void PackLeft(in GemmBlock part, bool packsAll, float* packed)
    {
        for (int row = 0; row < part.Rows; row += TTall.Rows)
        {
            int left = part.Rows - row, height = Height(left);
            if (packsAll || left < height)
            {
                long end = ((packsAll ? row : 0) + (long)height) * part.Depth;
                Debug.Assert(end <= PackBuffers.LeftCapacity, "The left buffer is too small.");
                Packing.PackStrip(
                    part.A + row * part.ARowStride, part.ARowStride, part.AColumnStride, Math.Min(left, height), part.Depth, height,
                    packsAll ? packed + row * (nint)part.Depth : packed);
            }
        }
    }

    /// <summary>
    /// A block of rows by a block of columns. The first block of rows packs each strip of the right operand just before using it.
    /// </summary>
    private static void Strips(in GemmBlock part, bool packsRight, bool isFirst, PackBuffers buffers)
    {
        bool packsLeft = part.Columns > Blocking.ColumnsWorthPacking;
        PackLeft(part, packsLeft, buffers.Left);

        // Loop 2: strips of columns.
        for (int column = 0; column < part.Columns; column += Wide)
        {
            int columns = part.Columns - column, width = Width(columns);
            bool isPacked = packsRight || columns < width;
            float* b = isPacked ? buffers.Right + column * (nint)part.Depth : part.B + column * part.BColumnStride;
            if (isPacked && isFirst)
            {
                Debug.Assert((column + (long)width) * part.Depth <= PackBuffers.RightCapacity, "The right buffer is too small.");
                Packing.PackStrip(
                    part.B + column * part.BColumnStride, part.BColumnStride, part.BRowStride,
                    Math.Min(columns, width), part.Depth, width, b);
            }
            int left = isPacked && isFirst ? Math.Min(Wide, columns - Wide) : 0; // columns of the strip that is packed after this one
            var ahead = left <= 0 ? default
                : part.BColumnStride == 1 ? new StripAhead(part.B + column + Wide, part.BRowStride, part.Depth, left)
                : new StripAhead(part.B + (column + Wide) * part.BColumnStride, part.BColumnStride, left, part.Depth);
            Column(part, packsLeft, column, b, isPacked ? width : part.BRowStride, ahead, buffers);
        }
    }

    /// <summary>Loop 1: strips of rows.</summary>
    private static void Column(
        in GemmBlock part, bool packsLeft, int column, float* b, nint bStride, in StripAhead ahead, PackBuffers buffers)
    {
        int tiles = (part.Rows + TTall.Rows - 1) / TTall.Rows, tile = 0;
        bool isDeep = part.Depth > Blocking.ShallowDepth;
        for (int row = 0; row < part.Rows; row += TTall.Rows)
        {
            int left = part.Rows - row, height = Height(left);
            var a = packsLeft ? new Operand(buffers.Left + row * (nint)part.Depth, 1, height)
                : left < height ? new Operand(buffers.Left, 1, height)
                : new Operand(part.A + row * part.ARowStride, part.ARowStride, part.AColumnStride);
            if (isDeep)
            {
                Prefetch(part, row + height, column);
                ahead.Prefetch(tile++, tiles);
            }
            if (height == TTall.Rows)
                Tile<TTall>(a, b, bStride, part, row, column, buffers.Tile);
            else
                Tile<TLow>(a, b, bStride, part, row, column, buffers.Tile);
        }
    }

    /// <summary>Prefetches the result of the next tile, which is read first and written last.</summary>
    private static void Prefetch(in GemmBlock part, int row, int column)
    {
        float* c = part.C + row * part.CRowStride + column;
        for (int i = Math.Min(TTall.Rows, part.Rows - row); i > 0; i--, c += part.CRowStride)
        {
            Cache.Prefetch(c);
            Cache.Prefetch(c + TTall.VectorLength);
        }
    }

    /// <summary>Rows of the next strip, given the rows left.</summary>
    private static int Height(int left) => left <= TLow.Rows ? TLow.Rows : TTall.Rows;

    /// <summary>Columns of the next strip, given the columns left.</summary>
    private static int Width(int left) => left <= Narrow ? Narrow : Wide;

    private static void Tile<TKernel>(Operand a, float* b, nint bStride, in GemmBlock part, int row, int column, float* buffer)
        where TKernel : struct, IMicroKernel
    {
        int rows = Math.Min(TKernel.Rows, part.Rows - row), columns = Math.Min(Wide, part.Columns - column);
        int width = Width(columns);
        float* c = part.C + row * part.CRowStride + column;
        float* start = part.Start == null ? null : part.Start + row * part.StartStride + column;
        if (rows == TKernel.Rows && columns == width)
        {
            Kernel<TKernel>(width, a, b, bStride, part.Depth, start, part.StartStride, c, part.CRowStride);
            return;
        }
        // A tile that exceeds the result is computed in a buffer, from which the elements of the result are copied.
        if (start != null)
            Copy(start, part.StartStride, rows, columns, buffer, width);
        Kernel<TKernel>(width, a, b, bStride, part.Depth, start == null ? null : buffer, width, buffer, width);
        Copy(buffer, width, rows, columns, c, part.CRowStride);
    }

    private static void Kernel<TKernel>(
        int width, Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride)
        where TKernel : struct, IMicroKernel
    {
        if (width == Wide)
            TKernel.RunWide(a, b, bStride, depth, start, startStride, c, cStride);
        else
            TKernel.RunNarrow(a, b, bStride, depth, start, startStride, c, cStride);
    }

    private static void Copy(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        for (int row = 0; row < rows; row++)
        {
            var line = new ReadOnlySpan<float>(source + row * sourceStride, columns);
            line.CopyTo(new Span<float>(destination + row * destinationStride, columns));
        }
    }

    /// <summary>The next strip of the right operand to be packed: [lines, length], lines a stride apart.</summary>
    private readonly struct StripAhead(float* start, nint stride, int lines, int length)
    {
        /// <summary>Prefetches a tile's share of the strip.</summary>
        public void Prefetch(int tile, int tiles)
        {
            int end = lines * (tile + 1) / tiles;
            for (int line = lines * tile / tiles; line < end; line++)
            {
                for (int i = 0; i < length; i += Cache.LineLength)
                    Cache.PrefetchToSecondLevel(start + line * stride + i);
            }
        }
    }
}
