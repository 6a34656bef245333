using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>The loop around the sparse micro-kernel, which itself loops over groups of lines.</summary>
internal static unsafe class SparseLoops<L, V, TCell>
    where L : struct, ILanes<V>
    where V : unmanaged
    where TCell : struct, ICell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref readonly SparseBlock block)
    {
        int groups = block.Lines / SparseProduct.GroupLines;
        float* room = stackalloc float[SparseProduct.WidestStrip];

        // Strips of columns; each strip of the right operand stays in L2.
        for (int column = 0; column < block.Columns;)
        {
            int vectorColumns = SparseProduct.StripColumns<L, V>(block.Columns - column);
            int columns = Math.Min(vectorColumns, block.Columns - column);
            var strip = new SparseStrip
            {
                X = (byte*)block.X, LineStride = block.LineStride * TCell.Size, DepthStride = block.DepthStride * TCell.Size,
                Table = block.Table, Marks = block.Groups, Groups = groups, Words = NonZeros.Words(block.Depth),
                B = block.B + column * (nint)block.Depth, Start = block.Start + column, StartStride = block.StartStride,
                C = block.C + column, CStride = block.CStride, Last = columns - vectorColumns + L.Count,
            };
            if (block.StartStride == 0)
            {
                // The kernel reads whole vectors.
                new Span<float>(room, vectorColumns).Clear();
                if (block.Start != null)
                    new ReadOnlySpan<float>(strip.Start, columns).CopyTo(new Span<float>(room, columns));
                strip.Start = room;
            }
            RunStrip(strip, vectorColumns, columns, SparseProduct.GroupLines * groups, block.Depth);

            // The lines of an incomplete group run one by one: four lines with a stride of 0, since a missing line must not be read.
            for (int line = SparseProduct.GroupLines * groups; line < block.Lines; line++)
                RunStrip(SingleLine(strip, line, groups), vectorColumns, columns, 1, block.Depth);
            column += vectorColumns;
        }
    }

    private static SparseStrip SingleLine(in SparseStrip strip, int line, int group) => strip with
    {
        X = strip.X + line * strip.LineStride, LineStride = 0, Marks = strip.Marks + group * (nint)strip.Words, Groups = 1,
        Start = strip.Start + line * strip.StartStride, StartStride = 0, C = strip.C + line * strip.CStride, CStride = 0,
    };

    private static void RunStrip(in SparseStrip strip, int vectorColumns, int columns, int lines, int depth)
    {
        bool negativeZero = (vectorColumns / L.Count) switch
        {
            4 when lines == 1 => SparseTile<L, V, TCell>.RunOneLine(strip),
            4 => SparseTile<L, V, TCell>.RunFour(strip),
            3 => SparseTile<L, V, TCell>.RunThree(strip),
            2 => SparseTile<L, V, TCell>.RunTwo(strip),
            _ => SparseTile<L, V, TCell>.RunOne(strip),
        };
        if (negativeZero)
            ComputeAgain(strip, vectorColumns, columns, lines, depth);
    }

    /// <summary>Recomputes elements that are -0, with all terms: see <see cref="SparseProduct"/>.</summary>
    private static void ComputeAgain(in SparseStrip strip, int vectorColumns, int columns, int lines, int depth)
    {
        for (int line = 0; line < lines; line++)
        {
            byte* x = strip.X + line * strip.LineStride;
            for (int column = 0; column < columns; column++)
            {
                ref float element = ref strip.C[line * strip.CStride + column];
                if (element != 0 || !float.IsNegative(element))
                    continue;
                element = strip.Start[line * strip.StartStride + column];
                for (int k = 0; k < depth; k++)
                {
                    float value = TCell.Value(x + k * strip.DepthStride, strip.Table);
                    element = ScalarLanes.FusedMultiplyAdd(value, strip.B[k * (nint)vectorColumns + column], element);
                }
            }
        }
    }
}
