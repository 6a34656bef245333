using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>
/// The innermost sparse product: a group of lines by a strip of columns, held in registers while k runs over the marks; one group after
/// another.
/// </summary>
/// <remarks>
/// Contract: each element begins with its element of Start and continues ONE chain of fused multiply-adds, k ascending, over the marked k
/// alone. Whole vectors of B and Start are read. The result says whether an element is -0: only such an element can differ from the chain
/// over all k (see <see cref="SparseProduct"/>). The lines of a group share each row of the right operand, which saves more than the
/// products with zeros cost where only one of the lines is not zero: four lines by four vectors are 16 accumulators, for 32 registers; two
/// lines by four vectors fit 16 registers, and do not wait for the multiply-adds before them.
/// </remarks>
internal static unsafe class SparseTile<L, V, TRow, TCell>
    where L : struct, ILanes<V>
    where V : unmanaged
    where TRow : struct, IStripRow<TRow, V>
    where TCell : struct, ICell
{
    /// <summary>Groups of four lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunFours(in SparseStrip strip)
    {
        nint line = strip.LineStride, line3 = 3 * line, depthStride = strip.DepthStride, words = strip.Words;
        nint cStride = strip.CStride;
        float* table = strip.Table, c = strip.C;
        byte* lines = strip.X;
        ulong* word = strip.Pairs;
        V lowest = L.Broadcast(0f);
        for (int group = 0; group < strip.Groups; group++, lines += 4 * line, c += 4 * cStride, word += words)
        {
            TRow c0 = TRow.Load(strip.Start), c1 = c0, c2 = c0, c3 = c0;
            byte* x = lines;
            float* b = strip.B;
            for (ulong* end = word + words; word < end; word++, b += 64 * TRow.Vectors * L.Count, x += 64 * depthStride)
            {
                for (ulong marks = word[0] | word[words]; marks != 0; marks &= marks - 1)
                {
                    nint k = First(marks);
                    byte* cell = x + k * depthStride;
                    TRow row = TRow.Load(b + k * (TRow.Vectors * L.Count));
                    c0 = TRow.MultiplyAdd(L.Broadcast(TCell.Value(cell, table)), row, c0);
                    c1 = TRow.MultiplyAdd(L.Broadcast(TCell.Value(cell + line, table)), row, c1);
                    c2 = TRow.MultiplyAdd(L.Broadcast(TCell.Value(cell + 2 * line, table)), row, c2);
                    c3 = TRow.MultiplyAdd(L.Broadcast(TCell.Value(cell + line3, table)), row, c3);
                }
            }
            lowest = L.MinBits(lowest, TRow.Store(c0, c, strip.Last));
            lowest = L.MinBits(lowest, TRow.Store(c1, c + cStride, strip.Last));
            lowest = L.MinBits(lowest, TRow.Store(c2, c + 2 * cStride, strip.Last));
            lowest = L.MinBits(lowest, TRow.Store(c3, c + 3 * cStride, strip.Last));
        }
        return L.AnyNegativeZero(lowest);
    }

    /// <summary>Pairs of lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunPairs(in SparseStrip strip)
    {
        nint line = strip.LineStride, depthStride = strip.DepthStride;
        nint cStride = strip.CStride;
        float* table = strip.Table, c = strip.C;
        byte* lines = strip.X;
        ulong* word = strip.Pairs;
        V lowest = L.Broadcast(0f);
        for (int group = 0; group < strip.Groups; group++, lines += 2 * line, c += 2 * cStride)
        {
            TRow c0 = TRow.Load(strip.Start), c1 = c0;
            byte* x = lines;
            float* b = strip.B;
            for (ulong* end = word + strip.Words; word < end; word++, b += 64 * TRow.Vectors * L.Count, x += 64 * depthStride)
            {
                for (ulong marks = *word; marks != 0; marks &= marks - 1)
                {
                    nint k = First(marks);
                    byte* cell = x + k * depthStride;
                    TRow row = TRow.Load(b + k * (TRow.Vectors * L.Count));
                    c0 = TRow.MultiplyAdd(L.Broadcast(TCell.Value(cell, table)), row, c0);
                    c1 = TRow.MultiplyAdd(L.Broadcast(TCell.Value(cell + line, table)), row, c1);
                }
            }
            lowest = L.MinBits(lowest, TRow.Store(c0, c, strip.Last));
            lowest = L.MinBits(lowest, TRow.Store(c1, c + cStride, strip.Last));
        }
        return L.AnyNegativeZero(lowest);
    }

    /// <summary>A single line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunLine(in SparseStrip strip)
    {
        nint depthStride = strip.DepthStride;
        float* table = strip.Table, b = strip.B;
        byte* x = strip.X;
        TRow c = TRow.Load(strip.Start);
        ulong* word = strip.Pairs;
        for (ulong* end = word + strip.Words; word < end; word++, b += 64 * TRow.Vectors * L.Count, x += 64 * depthStride)
        {
            for (ulong marks = *word; marks != 0; marks &= marks - 1)
            {
                nint k = First(marks);
                V value = L.Broadcast(TCell.Value(x + k * depthStride, table));
                c = TRow.MultiplyAdd(value, TRow.Load(b + k * (TRow.Vectors * L.Count)), c);
            }
        }
        return L.AnyNegativeZero(TRow.Store(c, strip.C, strip.Last));
    }

    /// <summary>The index of the first mark. As an nint it needs no instruction to extend it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint First(ulong marks) =>
        Bmi1.X64.IsSupported ? (nint)Bmi1.X64.TrailingZeroCount(marks) : BitOperations.TrailingZeroCount(marks);
}
