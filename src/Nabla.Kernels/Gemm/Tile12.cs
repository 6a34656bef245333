using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>12 rows by two vectors: 24 accumulators, for the 32 registers of AVX-512 and NEON.</summary>
/// <remarks>Rows are addressed in groups of three: a pointer per group and two strides fit the general-purpose registers.</remarks>
internal readonly unsafe struct Tile12<L, V> : IMicroKernel
    where L : struct, ILanes<V>
    where V : unmanaged
{
    public static int Rows => 12;

    public static int VectorLength => L.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunWide(Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride)
    {
        V c0_0, c1_0, c2_0, c3_0, c4_0, c5_0, c6_0, c7_0, c8_0, c9_0, c10_0, c11_0;
        V c0_1, c1_1, c2_1, c3_1, c4_1, c5_1, c6_1, c7_1, c8_1, c9_1, c10_1, c11_1;
        if (start == null)
        {
            c0_0 = c1_0 = c2_0 = c3_0 = c4_0 = c5_0 = c6_0 = c7_0 = c8_0 = c9_0 = c10_0 = c11_0 = L.Broadcast(0f);
            c0_1 = c1_1 = c2_1 = c3_1 = c4_1 = c5_1 = c6_1 = c7_1 = c8_1 = c9_1 = c10_1 = c11_1 = L.Broadcast(0f);
        }
        else
        {
            (c0_0, c0_1) = LoadPair(start);
            (c1_0, c1_1) = LoadPair(start + startStride);
            (c2_0, c2_1) = LoadPair(start + 2 * startStride);
            (c3_0, c3_1) = LoadPair(start + 3 * startStride);
            (c4_0, c4_1) = LoadPair(start + 4 * startStride);
            (c5_0, c5_1) = LoadPair(start + 5 * startStride);
            (c6_0, c6_1) = LoadPair(start + 6 * startStride);
            (c7_0, c7_1) = LoadPair(start + 7 * startStride);
            (c8_0, c8_1) = LoadPair(start + 8 * startStride);
            (c9_0, c9_1) = LoadPair(start + 9 * startStride);
            (c10_0, c10_1) = LoadPair(start + 10 * startStride);
            (c11_0, c11_1) = LoadPair(start + 11 * startStride);
        }

        nint row = a.RowStride, row2 = 2 * row;
        float* a0 = a.Start, a3 = a.Start + 3 * row, a6 = a.Start + 6 * row, a9 = a.Start + 9 * row;
        for (int k = 0; k < depth; k++)
        {
            V b0 = L.Load(ref *b, 0);
            V b1 = L.Load(ref *b, (nuint)L.Count);
            V x = L.Broadcast(*a0);
            c0_0 = L.FusedMultiplyAdd(x, b0, c0_0);
            c0_1 = L.FusedMultiplyAdd(x, b1, c0_1);
            x = L.Broadcast(a0[row]);
            c1_0 = L.FusedMultiplyAdd(x, b0, c1_0);
            c1_1 = L.FusedMultiplyAdd(x, b1, c1_1);
            x = L.Broadcast(a0[row2]);
            c2_0 = L.FusedMultiplyAdd(x, b0, c2_0);
            c2_1 = L.FusedMultiplyAdd(x, b1, c2_1);
            x = L.Broadcast(*a3);
            c3_0 = L.FusedMultiplyAdd(x, b0, c3_0);
            c3_1 = L.FusedMultiplyAdd(x, b1, c3_1);
            x = L.Broadcast(a3[row]);
            c4_0 = L.FusedMultiplyAdd(x, b0, c4_0);
            c4_1 = L.FusedMultiplyAdd(x, b1, c4_1);
            x = L.Broadcast(a3[row2]);
            c5_0 = L.FusedMultiplyAdd(x, b0, c5_0);
            c5_1 = L.FusedMultiplyAdd(x, b1, c5_1);
            x = L.Broadcast(*a6);
            c6_0 = L.FusedMultiplyAdd(x, b0, c6_0);
            c6_1 = L.FusedMultiplyAdd(x, b1, c6_1);
            x = L.Broadcast(a6[row]);
            c7_0 = L.FusedMultiplyAdd(x, b0, c7_0);
            c7_1 = L.FusedMultiplyAdd(x, b1, c7_1);
            x = L.Broadcast(a6[row2]);
            c8_0 = L.FusedMultiplyAdd(x, b0, c8_0);
            c8_1 = L.FusedMultiplyAdd(x, b1, c8_1);
            x = L.Broadcast(*a9);
            c9_0 = L.FusedMultiplyAdd(x, b0, c9_0);
            c9_1 = L.FusedMultiplyAdd(x, b1, c9_1);
            x = L.Broadcast(a9[row]);
            c10_0 = L.FusedMultiplyAdd(x, b0, c10_0);
            c10_1 = L.FusedMultiplyAdd(x, b1, c10_1);
            x = L.Broadcast(a9[row2]);
            c11_0 = L.FusedMultiplyAdd(x, b0, c11_0);
            c11_1 = L.FusedMultiplyAdd(x, b1, c11_1);
            a0 += a.DepthStride;
            a3 += a.DepthStride;
            a6 += a.DepthStride;
            a9 += a.DepthStride;
            b += bStride;
        }

        StorePair(c0_0, c0_1, c);
        StorePair(c1_0, c1_1, c + cStride);
        StorePair(c2_0, c2_1, c + 2 * cStride);
        StorePair(c3_0, c3_1, c + 3 * cStride);
        StorePair(c4_0, c4_1, c + 4 * cStride);
        StorePair(c5_0, c5_1, c + 5 * cStride);
        StorePair(c6_0, c6_1, c + 6 * cStride);
        StorePair(c7_0, c7_1, c + 7 * cStride);
        StorePair(c8_0, c8_1, c + 8 * cStride);
        StorePair(c9_0, c9_1, c + 9 * cStride);
        StorePair(c10_0, c10_1, c + 10 * cStride);
        StorePair(c11_0, c11_1, c + 11 * cStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunNarrow(Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride)
    {
        V c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11;
        if (start == null)
        {
            c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = c8 = c9 = c10 = c11 = L.Broadcast(0f);
        }
        else
        {
            c0 = L.Load(ref *start, 0);
            c1 = L.Load(ref *(start + startStride), 0);
            c2 = L.Load(ref *(start + 2 * startStride), 0);
            c3 = L.Load(ref *(start + 3 * startStride), 0);
            c4 = L.Load(ref *(start + 4 * startStride), 0);
            c5 = L.Load(ref *(start + 5 * startStride), 0);
            c6 = L.Load(ref *(start + 6 * startStride), 0);
            c7 = L.Load(ref *(start + 7 * startStride), 0);
            c8 = L.Load(ref *(start + 8 * startStride), 0);
            c9 = L.Load(ref *(start + 9 * startStride), 0);
            c10 = L.Load(ref *(start + 10 * startStride), 0);
            c11 = L.Load(ref *(start + 11 * startStride), 0);
        }

        nint row = a.RowStride, row2 = 2 * row;
        float* a0 = a.Start, a3 = a.Start + 3 * row, a6 = a.Start + 6 * row, a9 = a.Start + 9 * row;
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
            x = L.Broadcast(*a6);
            c6 = L.FusedMultiplyAdd(x, b0, c6);
            x = L.Broadcast(a6[row]);
            c7 = L.FusedMultiplyAdd(x, b0, c7);
            x = L.Broadcast(a6[row2]);
            c8 = L.FusedMultiplyAdd(x, b0, c8);
            x = L.Broadcast(*a9);
            c9 = L.FusedMultiplyAdd(x, b0, c9);
            x = L.Broadcast(a9[row]);
            c10 = L.FusedMultiplyAdd(x, b0, c10);
            x = L.Broadcast(a9[row2]);
            c11 = L.FusedMultiplyAdd(x, b0, c11);
            a0 += a.DepthStride;
            a3 += a.DepthStride;
            a6 += a.DepthStride;
            a9 += a.DepthStride;
            b += bStride;
        }

        L.Store(c0, ref *c, 0);
        L.Store(c1, ref *(c + cStride), 0);
        L.Store(c2, ref *(c + 2 * cStride), 0);
        L.Store(c3, ref *(c + 3 * cStride), 0);
        L.Store(c4, ref *(c + 4 * cStride), 0);
        L.Store(c5, ref *(c + 5 * cStride), 0);
        L.Store(c6, ref *(c + 6 * cStride), 0);
        L.Store(c7, ref *(c + 7 * cStride), 0);
        L.Store(c8, ref *(c + 8 * cStride), 0);
        L.Store(c9, ref *(c + 9 * cStride), 0);
        L.Store(c10, ref *(c + 10 * cStride), 0);
        L.Store(c11, ref *(c + 11 * cStride), 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V) LoadPair(float* row) => (L.Load(ref *row, 0), L.Load(ref *row, (nuint)L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(V left, V right, float* row)
    {
        L.Store(left, ref *row, 0);
        L.Store(right, ref *row, (nuint)L.Count);
    }
}
