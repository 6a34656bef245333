using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>
/// The innermost sparse product: four lines by one to four vectors of columns, held in registers while k runs over the marks; one group
/// of four lines after another.
/// </summary>
/// <remarks>
/// Contract: each element begins with its element of Start and continues ONE chain of fused multiply-adds, k ascending, over the marked k
/// alone. The method's name says how many vectors the columns are. Whole vectors of B and Start are read. The result says whether an
/// element is -0: only such an element can differ from the chain over all k (see <see cref="SparseProduct"/>). Four vectors are 16
/// accumulators, for 32 registers; two vectors fit 16 registers. Four lines share each row of the right operand, which saves more than
/// the products with zeros cost where only one of the four lines is not zero.
/// </remarks>
internal static unsafe class SparseTile<L, V, TCell>
    where L : struct, ILanes<V>
    where V : unmanaged
    where TCell : struct, ICell
{
    /// <summary>Groups of four lines by four vectors.</summary>
    /// <returns>Whether an element is -0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunFour(in SparseStrip strip)
    {
        nint line = strip.LineStride, line3 = 3 * line, depthStride = strip.DepthStride;
        nint startStride = strip.StartStride, cStride = strip.CStride;
        float* table = strip.Table, start = strip.Start, c = strip.C;
        byte* lines = strip.X;
        ulong* word = strip.Marks;
        V lowest = L.Broadcast(0f);
        for (int group = 0; group < strip.Groups; group++, lines += 4 * line, start += 4 * startStride, c += 4 * cStride)
        {
            float* start1 = start + startStride, start2 = start1 + startStride, start3 = start2 + startStride;
            V c0_0 = Begin(start, 0), c1_0 = Begin(start1, 0), c2_0 = Begin(start2, 0), c3_0 = Begin(start3, 0);
            V c0_1 = Begin(start, 1), c1_1 = Begin(start1, 1), c2_1 = Begin(start2, 1), c3_1 = Begin(start3, 1);
            V c0_2 = Begin(start, 2), c1_2 = Begin(start1, 2), c2_2 = Begin(start2, 2), c3_2 = Begin(start3, 2);
            V c0_3 = Begin(start, 3), c1_3 = Begin(start1, 3), c2_3 = Begin(start2, 3), c3_3 = Begin(start3, 3);
            byte* x = lines;
            float* b = strip.B;
            for (ulong* end = word + strip.Words; word < end; word++, b += 64 * 4 * L.Count, x += 64 * depthStride)
            {
                for (ulong marks = *word; marks != 0; marks &= marks - 1)
                {
                    nint k = First(marks);
                    float* row = b + k * (4 * L.Count);
                    byte* cell = x + k * depthStride;
                    V b0 = L.Load(ref *row, 0);
                    V b1 = L.Load(ref *row, (nuint)L.Count);
                    V b2 = L.Load(ref *row, (nuint)(2 * L.Count));
                    V b3 = L.Load(ref *row, (nuint)(3 * L.Count));
                    V value = L.Broadcast(TCell.Value(cell, table));
                    c0_0 = L.FusedMultiplyAdd(value, b0, c0_0);
                    c0_1 = L.FusedMultiplyAdd(value, b1, c0_1);
                    c0_2 = L.FusedMultiplyAdd(value, b2, c0_2);
                    c0_3 = L.FusedMultiplyAdd(value, b3, c0_3);
                    value = L.Broadcast(TCell.Value(cell + line, table));
                    c1_0 = L.FusedMultiplyAdd(value, b0, c1_0);
                    c1_1 = L.FusedMultiplyAdd(value, b1, c1_1);
                    c1_2 = L.FusedMultiplyAdd(value, b2, c1_2);
                    c1_3 = L.FusedMultiplyAdd(value, b3, c1_3);
                    value = L.Broadcast(TCell.Value(cell + 2 * line, table));
                    c2_0 = L.FusedMultiplyAdd(value, b0, c2_0);
                    c2_1 = L.FusedMultiplyAdd(value, b1, c2_1);
                    c2_2 = L.FusedMultiplyAdd(value, b2, c2_2);
                    c2_3 = L.FusedMultiplyAdd(value, b3, c2_3);
                    value = L.Broadcast(TCell.Value(cell + line3, table));
                    c3_0 = L.FusedMultiplyAdd(value, b0, c3_0);
                    c3_1 = L.FusedMultiplyAdd(value, b1, c3_1);
                    c3_2 = L.FusedMultiplyAdd(value, b2, c3_2);
                    c3_3 = L.FusedMultiplyAdd(value, b3, c3_3);
                }
            }
            lowest = L.MinBits(lowest, End(c0_0, c0_1, c0_2, c0_3, c, strip.Last));
            lowest = L.MinBits(lowest, End(c1_0, c1_1, c1_2, c1_3, c + cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c2_0, c2_1, c2_2, c2_3, c + 2 * cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c3_0, c3_1, c3_2, c3_3, c + 3 * cStride, strip.Last));
        }
        return L.AnyNegativeZero(lowest);
    }

    /// <summary>Groups of four lines by three vectors.</summary>
    /// <returns>Whether an element is -0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunThree(in SparseStrip strip)
    {
        nint line = strip.LineStride, line3 = 3 * line, depthStride = strip.DepthStride;
        nint startStride = strip.StartStride, cStride = strip.CStride;
        float* table = strip.Table, start = strip.Start, c = strip.C;
        byte* lines = strip.X;
        ulong* word = strip.Marks;
        V lowest = L.Broadcast(0f);
        for (int group = 0; group < strip.Groups; group++, lines += 4 * line, start += 4 * startStride, c += 4 * cStride)
        {
            float* start1 = start + startStride, start2 = start1 + startStride, start3 = start2 + startStride;
            V c0_0 = Begin(start, 0), c1_0 = Begin(start1, 0), c2_0 = Begin(start2, 0), c3_0 = Begin(start3, 0);
            V c0_1 = Begin(start, 1), c1_1 = Begin(start1, 1), c2_1 = Begin(start2, 1), c3_1 = Begin(start3, 1);
            V c0_2 = Begin(start, 2), c1_2 = Begin(start1, 2), c2_2 = Begin(start2, 2), c3_2 = Begin(start3, 2);
            byte* x = lines;
            float* b = strip.B;
            for (ulong* end = word + strip.Words; word < end; word++, b += 64 * 3 * L.Count, x += 64 * depthStride)
            {
                for (ulong marks = *word; marks != 0; marks &= marks - 1)
                {
                    nint k = First(marks);
                    float* row = b + k * (3 * L.Count);
                    byte* cell = x + k * depthStride;
                    V b0 = L.Load(ref *row, 0);
                    V b1 = L.Load(ref *row, (nuint)L.Count);
                    V b2 = L.Load(ref *row, (nuint)(2 * L.Count));
                    V value = L.Broadcast(TCell.Value(cell, table));
                    c0_0 = L.FusedMultiplyAdd(value, b0, c0_0);
                    c0_1 = L.FusedMultiplyAdd(value, b1, c0_1);
                    c0_2 = L.FusedMultiplyAdd(value, b2, c0_2);
                    value = L.Broadcast(TCell.Value(cell + line, table));
                    c1_0 = L.FusedMultiplyAdd(value, b0, c1_0);
                    c1_1 = L.FusedMultiplyAdd(value, b1, c1_1);
                    c1_2 = L.FusedMultiplyAdd(value, b2, c1_2);
                    value = L.Broadcast(TCell.Value(cell + 2 * line, table));
                    c2_0 = L.FusedMultiplyAdd(value, b0, c2_0);
                    c2_1 = L.FusedMultiplyAdd(value, b1, c2_1);
                    c2_2 = L.FusedMultiplyAdd(value, b2, c2_2);
                    value = L.Broadcast(TCell.Value(cell + line3, table));
                    c3_0 = L.FusedMultiplyAdd(value, b0, c3_0);
                    c3_1 = L.FusedMultiplyAdd(value, b1, c3_1);
                    c3_2 = L.FusedMultiplyAdd(value, b2, c3_2);
                }
            }
            lowest = L.MinBits(lowest, End(c0_0, c0_1, c0_2, c, strip.Last));
            lowest = L.MinBits(lowest, End(c1_0, c1_1, c1_2, c + cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c2_0, c2_1, c2_2, c + 2 * cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c3_0, c3_1, c3_2, c + 3 * cStride, strip.Last));
        }
        return L.AnyNegativeZero(lowest);
    }

    /// <summary>A single line by four vectors: with three unused lines the work would be wasted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunOneLine(in SparseStrip strip)
    {
        V c0 = Begin(strip.Start, 0), c1 = Begin(strip.Start, 1), c2 = Begin(strip.Start, 2), c3 = Begin(strip.Start, 3);
        nint depthStride = strip.DepthStride;
        byte* x = strip.X;
        float* table = strip.Table, b = strip.B;
        for (ulong* word = strip.Marks, end = word + strip.Words; word < end; word++, b += 64 * 4 * L.Count, x += 64 * depthStride)
        {
            for (ulong marks = *word; marks != 0; marks &= marks - 1)
            {
                nint k = First(marks);
                float* row = b + k * (4 * L.Count);
                V value = L.Broadcast(TCell.Value(x + k * depthStride, table));
                c0 = L.FusedMultiplyAdd(value, L.Load(ref *row, 0), c0);
                c1 = L.FusedMultiplyAdd(value, L.Load(ref *row, (nuint)L.Count), c1);
                c2 = L.FusedMultiplyAdd(value, L.Load(ref *row, (nuint)(2 * L.Count)), c2);
                c3 = L.FusedMultiplyAdd(value, L.Load(ref *row, (nuint)(3 * L.Count)), c3);
            }
        }
        return L.AnyNegativeZero(End(c0, c1, c2, c3, strip.C, strip.Last));
    }

    /// <summary>Groups of four lines by two vectors.</summary>
    /// <returns>Whether an element is -0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunTwo(in SparseStrip strip)
    {
        nint line = strip.LineStride, line3 = 3 * line, depthStride = strip.DepthStride;
        nint startStride = strip.StartStride, cStride = strip.CStride;
        float* table = strip.Table, start = strip.Start, c = strip.C;
        byte* lines = strip.X;
        ulong* word = strip.Marks;
        V lowest = L.Broadcast(0f);
        for (int group = 0; group < strip.Groups; group++, lines += 4 * line, start += 4 * startStride, c += 4 * cStride)
        {
            float* start1 = start + startStride, start2 = start1 + startStride, start3 = start2 + startStride;
            V c0_0 = Begin(start, 0), c1_0 = Begin(start1, 0), c2_0 = Begin(start2, 0), c3_0 = Begin(start3, 0);
            V c0_1 = Begin(start, 1), c1_1 = Begin(start1, 1), c2_1 = Begin(start2, 1), c3_1 = Begin(start3, 1);
            byte* x = lines;
            float* b = strip.B;
            for (ulong* end = word + strip.Words; word < end; word++, b += 64 * 2 * L.Count, x += 64 * depthStride)
            {
                for (ulong marks = *word; marks != 0; marks &= marks - 1)
                {
                    nint k = First(marks);
                    float* row = b + k * (2 * L.Count);
                    byte* cell = x + k * depthStride;
                    V b0 = L.Load(ref *row, 0);
                    V b1 = L.Load(ref *row, (nuint)L.Count);
                    V value = L.Broadcast(TCell.Value(cell, table));
                    c0_0 = L.FusedMultiplyAdd(value, b0, c0_0);
                    c0_1 = L.FusedMultiplyAdd(value, b1, c0_1);
                    value = L.Broadcast(TCell.Value(cell + line, table));
                    c1_0 = L.FusedMultiplyAdd(value, b0, c1_0);
                    c1_1 = L.FusedMultiplyAdd(value, b1, c1_1);
                    value = L.Broadcast(TCell.Value(cell + 2 * line, table));
                    c2_0 = L.FusedMultiplyAdd(value, b0, c2_0);
                    c2_1 = L.FusedMultiplyAdd(value, b1, c2_1);
                    value = L.Broadcast(TCell.Value(cell + line3, table));
                    c3_0 = L.FusedMultiplyAdd(value, b0, c3_0);
                    c3_1 = L.FusedMultiplyAdd(value, b1, c3_1);
                }
            }
            lowest = L.MinBits(lowest, End(c0_0, c0_1, c, strip.Last));
            lowest = L.MinBits(lowest, End(c1_0, c1_1, c + cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c2_0, c2_1, c + 2 * cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c3_0, c3_1, c + 3 * cStride, strip.Last));
        }
        return L.AnyNegativeZero(lowest);
    }

    /// <summary>Groups of four lines by one vector.</summary>
    /// <returns>Whether an element is -0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool RunOne(in SparseStrip strip)
    {
        nint line = strip.LineStride, line3 = 3 * line, depthStride = strip.DepthStride;
        nint startStride = strip.StartStride, cStride = strip.CStride;
        float* table = strip.Table, start = strip.Start, c = strip.C;
        byte* lines = strip.X;
        ulong* word = strip.Marks;
        V lowest = L.Broadcast(0f);
        for (int group = 0; group < strip.Groups; group++, lines += 4 * line, start += 4 * startStride, c += 4 * cStride)
        {
            float* start1 = start + startStride, start2 = start1 + startStride, start3 = start2 + startStride;
            V c0_0 = Begin(start, 0), c1_0 = Begin(start1, 0), c2_0 = Begin(start2, 0), c3_0 = Begin(start3, 0);
            byte* x = lines;
            float* b = strip.B;
            for (ulong* end = word + strip.Words; word < end; word++, b += 64 * L.Count, x += 64 * depthStride)
            {
                for (ulong marks = *word; marks != 0; marks &= marks - 1)
                {
                    nint k = First(marks);
                    float* row = b + k * L.Count;
                    byte* cell = x + k * depthStride;
                    V b0 = L.Load(ref *row, 0);
                    V value = L.Broadcast(TCell.Value(cell, table));
                    c0_0 = L.FusedMultiplyAdd(value, b0, c0_0);
                    value = L.Broadcast(TCell.Value(cell + line, table));
                    c1_0 = L.FusedMultiplyAdd(value, b0, c1_0);
                    value = L.Broadcast(TCell.Value(cell + 2 * line, table));
                    c2_0 = L.FusedMultiplyAdd(value, b0, c2_0);
                    value = L.Broadcast(TCell.Value(cell + line3, table));
                    c3_0 = L.FusedMultiplyAdd(value, b0, c3_0);
                }
            }
            lowest = L.MinBits(lowest, End(c0_0, c, strip.Last));
            lowest = L.MinBits(lowest, End(c1_0, c + cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c2_0, c + 2 * cStride, strip.Last));
            lowest = L.MinBits(lowest, End(c3_0, c + 3 * cStride, strip.Last));
        }
        return L.AnyNegativeZero(lowest);
    }

    /// <summary>The index of the first mark. As an nint it needs no instruction to extend it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint First(ulong marks) =>
        Bmi1.X64.IsSupported ? (nint)Bmi1.X64.TrailingZeroCount(marks) : BitOperations.TrailingZeroCount(marks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Begin(float* start, int vector) => L.Load(ref *start, (nuint)(vector * L.Count));

    /// <summary>Writes the vectors of a line.</summary>
    /// <returns>The smallest bits of each lane: -0 has the smallest of all, so one test finds every -0 of all lines.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V End(V first, V second, V third, V fourth, float* c, int last) =>
        L.MinBits(Whole(first, c), End(second, third, fourth, c + L.Count, last));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V End(V first, V second, V third, float* c, int last) =>
        L.MinBits(Whole(first, c), End(second, third, c + L.Count, last));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V End(V first, V second, float* c, int last) => L.MinBits(Whole(first, c), End(second, c + L.Count, last));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V End(V value, float* c, int last)
    {
        if (last == L.Count)
            return Whole(value, c);
        L.StoreFirst(value, last, ref *c, 0);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Whole(V value, float* c)
    {
        L.Store(value, ref *c, 0);
        return value;
    }
}
