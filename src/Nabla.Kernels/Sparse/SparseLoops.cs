using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>The loops around the sparse micro-kernel.</summary>
internal static unsafe class SparseLoops<TKernel, TCell>
    where TKernel : struct, ISparseKernel
    where TCell : struct, ICell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in SparseBlock block, KernelWidth width)
    {
        float* tile = PackBuffers.OfThisThread.Tile;
        int words = NonZeros.Words(block.Depth);

        // Loop 2: strips of columns; their part of the right operand stays in L2.
        for (int column = 0; column < block.Columns;)
        {
            int strip = SparseProduct.StripColumns(block.Columns - column, width);

            // Loop 1: groups of four lines. What a last group lacks is made up by its lines one by one, four times each: a line that is not there cannot be read.
            for (int line = 0; line < block.Lines;)
            {
                int lines = block.Lines - line >= SparseProduct.GroupLines ? SparseProduct.GroupLines : 1;
                var a = new FourLines(
                    (byte*)block.X + line * block.LineStride * TCell.Size, lines == 1 ? 0 : block.LineStride * TCell.Size, block.DepthStride * TCell.Size, block.Table,
                    block.Groups + line / SparseProduct.GroupLines * (nint)words, words);
                Tile(block, a, line, lines, column, strip, tile);
                line += lines;
            }
            column += strip;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(in SparseBlock block, in FourLines a, int line, int lines, int column, int strip, float* tile)
    {
        int columns = Math.Min(strip, block.Columns - column);
        float* b = block.B + column * (nint)block.Depth;
        float* start = null;
        if (block.Start != null)
        {
            start = tile + SparseProduct.GroupLines * strip;
            new ReadOnlySpan<float>(block.Start + column, columns).CopyTo(new Span<float>(start, columns));
        }
        bool negativeZero = (strip / TKernel.VectorLength) switch
        {
            4 when lines == 1 => TKernel.RunOneLine(a, b, strip, start, tile),
            4 => TKernel.RunFour(a, b, strip, start, tile, strip),
            3 => TKernel.RunThree(a, b, strip, start, tile, strip),
            2 => TKernel.RunTwo(a, b, strip, start, tile, strip),
            _ => TKernel.RunOne(a, b, strip, start, tile, strip),
        };
        if (negativeZero)
            ComputeAgain(block, a, b, lines, columns, strip, start, tile);
        CopyOut(block, line, lines, column, columns, strip, tile);
    }

    /// <summary>Elements that are -0, with all their terms: see <see cref="SparseProduct"/>.</summary>
    private static void ComputeAgain(in SparseBlock block, in FourLines a, float* b, int lines, int columns, int strip, float* start, float* tile)
    {
        for (int line = 0; line < lines; line++)
        {
            for (int column = 0; column < columns; column++)
            {
                ref float element = ref tile[line * strip + column];
                if (element != 0 || !float.IsNegative(element))
                    continue;
                element = start == null ? 0f : start[column];
                for (int k = 0; k < block.Depth; k++)
                    element = ScalarLanes.FusedMultiplyAdd(TCell.Value(a.Start + line * a.LineStride + k * a.DepthStride, a.Table), b[k * (nint)strip + column], element);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyOut(in SparseBlock block, int line, int lines, int column, int columns, int strip, float* tile)
    {
        float* c = block.C + line * block.CLineStride + column * block.CColumnStride;
        if (block.CColumnStride == 1)
        {
            for (int i = 0; i < lines; i++)
                new ReadOnlySpan<float>(tile + i * strip, columns).CopyTo(new Span<float>(c + i * block.CLineStride, columns));
            return;
        }
        if (lines == SparseProduct.GroupLines && columns >= 4 && block.CLineStride == 1 && Transposition.IsSupported)
        {
            for (int j = 0; j < columns - 4; j += 4)
                Transposition.FourByFour(tile + j, strip, c + j * block.CColumnStride, block.CColumnStride);
            // The last four, some of them perhaps for the second time.
            Transposition.FourByFour(tile + columns - 4, strip, c + (columns - 4) * block.CColumnStride, block.CColumnStride);
            return;
        }
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < lines; i++)
                c[i * block.CLineStride + j * block.CColumnStride] = tile[i * strip + j];
        }
    }
}
