using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>6 rows by two vectors: 12 accumulators, for the 16 registers of AVX2, and for the lower edge of a result everywhere.</summary>
/// <remarks>Rows are addressed in groups of three: a pointer per group and two strides fit the general-purpose registers.</remarks>
internal readonly unsafe struct Tile6<L, V> : IMicroKernel
    where L : struct, ILanes<V>
    where V : unmanaged
{
    public static int Rows => 6;

    public static int VectorLength => L.Count;

    /// <inheritdoc/>
    public static void RunWide(Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride)
    {
        if (a.RowStride == 1 && a.DepthStride == 6)
            RunWide<Packed>(default, a.Start, b, bStride, depth, start, startStride, c, cStride);
        else
            RunWide<Strides>(new(a.RowStride, a.DepthStride), a.Start, b, bStride, depth, start, startStride, c, cStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunWide<TStrides>(
        TStrides strides, float* a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride)
        where TStrides : struct, IStrides
    {
        V c0_0, c1_0, c2_0, c3_0, c4_0, c5_0;
        V c0_1, c1_1, c2_1, c3_1, c4_1, c5_1;
        if (start == null)
        {
            c0_0 = c1_0 = c2_0 = c3_0 = c4_0 = c5_0 = L.Broadcast(0f);
            c0_1 = c1_1 = c2_1 = c3_1 = c4_1 = c5_1 = L.Broadcast(0f);
        }
        else
        {
            (c0_0, c0_1) = LoadPair(start);
            (c1_0, c1_1) = LoadPair(start + startStride);
            (c2_0, c2_1) = LoadPair(start + 2 * startStride);
            (c3_0, c3_1) = LoadPair(start + 3 * startStride);
            (c4_0, c4_1) = LoadPair(start + 4 * startStride);
            (c5_0, c5_1) = LoadPair(start + 5 * startStride);
        }

        nint row = strides.Row;
        float* a3 = a + 3 * row, end = b + depth * bStride;
        for (; b != end; b += bStride)
        {
            V b0 = L.Load(ref *b, 0);
            V b1 = L.Load(ref *b, (nuint)L.Count);
            V x = L.Broadcast(*a);
            c0_0 = L.FusedMultiplyAdd(x, b0, c0_0);
            c0_1 = L.FusedMultiplyAdd(x, b1, c0_1);
            x = L.Broadcast(a[row]);
            c1_0 = L.FusedMultiplyAdd(x, b0, c1_0);
            c1_1 = L.FusedMultiplyAdd(x, b1, c1_1);
            x = L.Broadcast(a[2 * row]);
            c2_0 = L.FusedMultiplyAdd(x, b0, c2_0);
            c2_1 = L.FusedMultiplyAdd(x, b1, c2_1);
            x = L.Broadcast(*a3);
            c3_0 = L.FusedMultiplyAdd(x, b0, c3_0);
            c3_1 = L.FusedMultiplyAdd(x, b1, c3_1);
            x = L.Broadcast(a3[row]);
            c4_0 = L.FusedMultiplyAdd(x, b0, c4_0);
            c4_1 = L.FusedMultiplyAdd(x, b1, c4_1);
            x = L.Broadcast(a3[2 * row]);
            c5_0 = L.FusedMultiplyAdd(x, b0, c5_0);
            c5_1 = L.FusedMultiplyAdd(x, b1, c5_1);
            a += strides.Depth;
            a3 += strides.Depth;
        }

        StorePair(c0_0, c0_1, c);
        StorePair(c1_0, c1_1, c + cStride);
        StorePair(c2_0, c2_1, c + 2 * cStride);
        StorePair(c3_0, c3_1, c + 3 * cStride);
        StorePair(c4_0, c4_1, c + 4 * cStride);
        StorePair(c5_0, c5_1, c + 5 * cStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunNarrow(Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride)
    {
        V c0, c1, c2, c3, c4, c5;
        if (start == null)
        {
            c0 = c1 = c2 = c3 = c4 = c5 = L.Broadcast(0f);
        }
        else
        {
            c0 = L.Load(ref *start, 0);
            c1 = L.Load(ref *(start + startStride), 0);
            c2 = L.Load(ref *(start + 2 * startStride), 0);
            c3 = L.Load(ref *(start + 3 * startStride), 0);
            c4 = L.Load(ref *(start + 4 * startStride), 0);
            c5 = L.Load(ref *(start + 5 * startStride), 0);
        }

        nint row = a.RowStride, row2 = 2 * row;
        float* a0 = a.Start, a3 = a.Start + 3 * row;
        for (int k = 0; k < depth; k++)
        {
            V b0 = L.Load(ref *b, 0);
            V x = L.Broadcast(*a0);
            c0 = L.FusedMultiplyAdd(x, b0, c0);
            x = L.Broadcast(a0[row]);
            c1 = L.FusedMultiplyAdd(x, b0, c1);
            x = L.Broadcast(a0[row2]);
            c2 = L.FusedMultiplyAdd(x, b0, c2);
            x = L.Broadcast(*a3);
            c3 = L.FusedMultiplyAdd(x, b0, c3);
            x = L.Broadcast(a3[row]);
            c4 = L.FusedMultiplyAdd(x, b0, c4);
            x = L.Broadcast(a3[row2]);
            c5 = L.FusedMultiplyAdd(x, b0, c5);
            a0 += a.DepthStride;
            a3 += a.DepthStride;
            b += bStride;
        }

        L.Store(c0, ref *c, 0);
        L.Store(c1, ref *(c + cStride), 0);
        L.Store(c2, ref *(c + 2 * cStride), 0);
        L.Store(c3, ref *(c + 3 * cStride), 0);
        L.Store(c4, ref *(c + 4 * cStride), 0);
        L.Store(c5, ref *(c + 5 * cStride), 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V) LoadPair(float* row) => (L.Load(ref *row, 0), L.Load(ref *row, (nuint)L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(V left, V right, float* row)
    {
        L.Store(left, ref *row, 0);
        L.Store(right, ref *row, (nuint)L.Count);
    }

    private interface IStrides
    {
        nint Row { get; }

        nint Depth { get; }
    }

    private readonly struct Strides(nint row, nint depth) : IStrides
    {
        public nint Row { get; } = row;

        public nint Depth { get; } = depth;
    }

    /// <summary>Strides that the compiler knows, so that addresses need no registers.</summary>
    private readonly struct Packed : IStrides
    {
        public nint Row => 1;

        public nint Depth => 6;
    }
}
