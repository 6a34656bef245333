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
        float* room = stackalloc float[SparseProduct.WidestStrip];

        // Strips of columns; each strip of the right operand stays in L2.
        for (int column = 0; column < block.Columns;)
        {
            int vectorColumns = SparseProduct.StripColumns<L, V>(block.Columns - column);
            int columns = Math.Min(vectorColumns, block.Columns - column);
            var strip = new SparseStrip
            {
                X = (byte*)block.X, LineStride = block.LineStride * TCell.Size, DepthStride = block.DepthStride * TCell.Size,
                Table = block.Table, Pairs = block.Pairs, Words = NonZeros.Words(block.Depth),
                B = block.B + column * (nint)block.Depth, Start = room,
                C = block.C + column, CStride = block.CStride, Last = columns - vectorColumns + L.Count,
            };
            // The kernel reads whole vectors.
            new Span<float>(room, vectorColumns).Clear();
            if (block.Start != null)
                new ReadOnlySpan<float>(block.Start + column, columns).CopyTo(new Span<float>(room, columns));
            bool negativeZero = (vectorColumns / L.Count) switch
            {
                4 => RunStrip<FourVectors<L, V>>(strip, block.Lines),
                3 => RunStrip<ThreeVectors<L, V>>(strip, block.Lines),
                2 => RunStrip<TwoVectors<L, V>>(strip, block.Lines),
                _ => RunStrip<OneVector<L, V>>(strip, block.Lines),
            };
            if (negativeZero)
                ComputeAgain(strip, vectorColumns, columns, block.Lines, block.Depth);
            column += vectorColumns;
        }
    }

    /// <summary>All lines of a strip: groups of four where the registers hold them, pairs, and a last line.</summary>
    /// <returns>Whether an element is -0.</returns>
    private static bool RunStrip<TRow>(in SparseStrip strip, int lines)
        where TRow : struct, IStripRow<TRow, V>
    {
        int fours = L.Registers >= 32 ? lines & ~3 : 0, pairs = lines & ~1;
        bool negativeZero = fours > 0 && SparseTile<L, V, TRow, TCell>.RunFours(strip with { Groups = fours / 4 });
        if (pairs > fours)
            negativeZero |= SparseTile<L, V, TRow, TCell>.RunPairs(From(strip, fours) with { Groups = (pairs - fours) / 2 });
        return lines > pairs ? SparseTile<L, V, TRow, TCell>.RunLine(From(strip, pairs)) | negativeZero : negativeZero;
    }

    /// <summary>The strip without its first lines, an even number.</summary>
    private static SparseStrip From(in SparseStrip strip, int line) => strip with
    {
        X = strip.X + line * strip.LineStride, Pairs = strip.Pairs + line / 2 * (nint)strip.Words,
        C = strip.C + line * strip.CStride,
    };

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
                element = strip.Start[column];
                for (int k = 0; k < depth; k++)
                {
                    float value = TCell.Value(x + k * strip.DepthStride, strip.Table);
                    element = ScalarLanes.FusedMultiplyAdd(value, strip.B[k * (nint)vectorColumns + column], element);
                }
            }
        }
    }
}
