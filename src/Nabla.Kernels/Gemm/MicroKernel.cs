using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>The innermost product: a tile of <see cref="Blocking.TileRows"/> rows by two vectors, held in registers.</summary>
/// <remarks>
/// Contract: <c>a</c> is packed [depth, 6], <c>b</c> is packed [depth, 2 * L.Count], <c>c</c> has rows <c>cStride</c> apart and all of the
/// tile's elements. Each element continues ONE chain of fused multiply-adds from what it holds (or from zero), k ascending.
/// </remarks>
internal static unsafe class MicroKernel<L, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    public static int TileColumns => Blocking.TileVectors * L.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* a, float* b, int depth, bool continues, int cStride, float* c)
    {
        V c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51;
        if (continues)
        {
            (c00, c01) = LoadRow(c);
            (c10, c11) = LoadRow(c + cStride);
            (c20, c21) = LoadRow(c + 2 * cStride);
            (c30, c31) = LoadRow(c + 3 * cStride);
            (c40, c41) = LoadRow(c + 4 * cStride);
            (c50, c51) = LoadRow(c + 5 * cStride);
        }
        else
        {
            c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = c40 = c41 = c50 = c51 = L.Broadcast(0f);
        }

        for (int k = 0; k < depth; k++)
        {
            V b0 = L.Load(ref *b, 0);
            V b1 = L.Load(ref *b, (nuint)L.Count);

            V a0 = L.Broadcast(a[0]);
            c00 = L.FusedMultiplyAdd(a0, b0, c00);
            c01 = L.FusedMultiplyAdd(a0, b1, c01);
            V a1 = L.Broadcast(a[1]);
            c10 = L.FusedMultiplyAdd(a1, b0, c10);
            c11 = L.FusedMultiplyAdd(a1, b1, c11);
            V a2 = L.Broadcast(a[2]);
            c20 = L.FusedMultiplyAdd(a2, b0, c20);
            c21 = L.FusedMultiplyAdd(a2, b1, c21);
            V a3 = L.Broadcast(a[3]);
            c30 = L.FusedMultiplyAdd(a3, b0, c30);
            c31 = L.FusedMultiplyAdd(a3, b1, c31);
            V a4 = L.Broadcast(a[4]);
            c40 = L.FusedMultiplyAdd(a4, b0, c40);
            c41 = L.FusedMultiplyAdd(a4, b1, c41);
            V a5 = L.Broadcast(a[5]);
            c50 = L.FusedMultiplyAdd(a5, b0, c50);
            c51 = L.FusedMultiplyAdd(a5, b1, c51);

            a += Blocking.TileRows;
            b += Blocking.TileVectors * L.Count;
        }

        StoreRow(c00, c01, c);
        StoreRow(c10, c11, c + cStride);
        StoreRow(c20, c21, c + 2 * cStride);
        StoreRow(c30, c31, c + 3 * cStride);
        StoreRow(c40, c41, c + 4 * cStride);
        StoreRow(c50, c51, c + 5 * cStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V) LoadRow(float* row) => (L.Load(ref *row, 0), L.Load(ref *row, (nuint)L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(V left, V right, float* row)
    {
        L.Store(left, ref *row, 0);
        L.Store(right, ref *row, (nuint)L.Count);
    }
}
