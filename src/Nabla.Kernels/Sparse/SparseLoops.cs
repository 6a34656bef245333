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
        int words = NonZeros.Words(block.Depth);
        float* room = stackalloc float[SparseProduct.WidestStrip];

        // Loop 2: strips of columns; their part of the right operand stays in L2.
        for (int column = 0; column < block.Columns;)
        {
            int strip = SparseProduct.StripColumns(block.Columns - column, width);
            int columns = Math.Min(strip, block.Columns - column);
            float* start = null;
            if (block.Start != null)
            {
                start = room;
                new ReadOnlySpan<float>(block.Start + column, columns).CopyTo(new Span<float>(start, columns));
            }

            // Loop 1: groups of four lines. What a last group lacks is made up by its lines one by one, four times each: a line that is not there cannot be read.
            for (int line = 0; line < block.Lines;)
            {
                int lines = block.Lines - line >= SparseProduct.GroupLines ? SparseProduct.GroupLines : 1;
                var a = new FourLines(
                    (byte*)block.X + line * block.LineStride * TCell.Size, lines == 1 ? 0 : block.LineStride * TCell.Size, block.DepthStride * TCell.Size, block.Table,
                    block.Groups + line / SparseProduct.GroupLines * (nint)words, words);
                Tile(a, lines, block.B + column * (nint)block.Depth, strip, start, block.C + line * block.CStride + column, lines == 1 ? 0 : block.CStride, columns, block.Depth);
                line += lines;
            }
            column += strip;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(in FourLines a, int lines, float* b, int strip, float* start, float* c, nint cStride, int columns, int depth)
    {
        int last = columns - strip + TKernel.VectorLength;
        bool negativeZero = (strip / TKernel.VectorLength) switch
        {
            4 when lines == 1 => TKernel.RunOneLine(a, b, start, c, last),
            4 => TKernel.RunFour(a, b, start, c, cStride, last),
            3 => TKernel.RunThree(a, b, start, c, cStride, last),
            2 => TKernel.RunTwo(a, b, start, c, cStride, last),
            _ => TKernel.RunOne(a, b, start, c, cStride, last),
        };
        if (negativeZero)
            ComputeAgain(a, lines, b, strip, start, c, cStride, columns, depth);
    }

    /// <summary>Elements that are -0, with all their terms: see <see cref="SparseProduct"/>.</summary>
    private static void ComputeAgain(in FourLines a, int lines, float* b, int strip, float* start, float* c, nint cStride, int columns, int depth)
    {
        for (int line = 0; line < lines; line++)
        {
            for (int column = 0; column < columns; column++)
            {
                ref float element = ref c[line * cStride + column];
                if (element != 0 || !float.IsNegative(element))
                    continue;
                element = start == null ? 0f : start[column];
                for (int k = 0; k < depth; k++)
                    element = ScalarLanes.FusedMultiplyAdd(TCell.Value(a.Start + line * a.LineStride + k * a.DepthStride, a.Table), b[k * (nint)strip + column], element);
            }
        }
    }
}
