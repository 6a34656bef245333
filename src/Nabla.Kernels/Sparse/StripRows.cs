using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>One row of a strip of columns, in one to four registers.</summary>
/// <remarks>Written as functions of whole rows: so the compiler keeps each vector in a register.</remarks>
internal unsafe interface IStripRow<TSelf, V>
    where TSelf : struct, IStripRow<TSelf, V>
{
    /// <summary>Vectors in the row.</summary>
    static abstract int Vectors { get; }

    /// <summary>Reads a row.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>x * b + sum, each element fused.</summary>
    static abstract TSelf MultiplyAdd(V x, TSelf b, TSelf sum);

    /// <summary>Writes a row, and only the first lanes of its last vector.</summary>
    /// <returns>The smallest bits of each lane: -0 has the smallest of all, so one test finds every -0 of all rows.</returns>
    static abstract V Store(TSelf row, float* destination, int lastLanes);
}

/// <summary>A row of one vector.</summary>
internal readonly unsafe struct OneVector<L, V>(V v0) : IStripRow<OneVector<L, V>, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    private readonly V v0 = v0;

    public static int Vectors => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<L, V> Load(float* source) => new(L.Load(ref *source, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<L, V> MultiplyAdd(V x, OneVector<L, V> b, OneVector<L, V> sum) => new(L.FusedMultiplyAdd(x, b.v0, sum.v0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Store(OneVector<L, V> row, float* destination, int lastLanes) => Store(row.v0, destination, lastLanes);

    /// <summary>Writes the last vector of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Store(V last, float* destination, int lastLanes)
    {
        if (lastLanes == L.Count)
            L.Store(last, ref *destination, 0);
        else
            L.StoreFirst(last, lastLanes, ref *destination, 0);
        return last;
    }
}

/// <summary>A row of two vectors.</summary>
internal readonly unsafe struct TwoVectors<L, V>(V v0, V v1) : IStripRow<TwoVectors<L, V>, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    private readonly V v0 = v0, v1 = v1;

    public static int Vectors => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<L, V> Load(float* source) => new(L.Load(ref *source, 0), L.Load(ref *source, (nuint)L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<L, V> MultiplyAdd(V x, TwoVectors<L, V> b, TwoVectors<L, V> sum) =>
        new(L.FusedMultiplyAdd(x, b.v0, sum.v0), L.FusedMultiplyAdd(x, b.v1, sum.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Store(TwoVectors<L, V> row, float* destination, int lastLanes)
    {
        L.Store(row.v0, ref *destination, 0);
        return L.MinBits(row.v0, OneVector<L, V>.Store(row.v1, destination + L.Count, lastLanes));
    }
}

/// <summary>A row of three vectors.</summary>
internal readonly unsafe struct ThreeVectors<L, V>(V v0, V v1, V v2) : IStripRow<ThreeVectors<L, V>, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    private readonly V v0 = v0, v1 = v1, v2 = v2;

    public static int Vectors => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<L, V> Load(float* source) =>
        new(L.Load(ref *source, 0), L.Load(ref *source, (nuint)L.Count), L.Load(ref *source, (nuint)(2 * L.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<L, V> MultiplyAdd(V x, ThreeVectors<L, V> b, ThreeVectors<L, V> sum) => new(
        L.FusedMultiplyAdd(x, b.v0, sum.v0), L.FusedMultiplyAdd(x, b.v1, sum.v1), L.FusedMultiplyAdd(x, b.v2, sum.v2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Store(ThreeVectors<L, V> row, float* destination, int lastLanes)
    {
        L.Store(row.v0, ref *destination, 0);
        L.Store(row.v1, ref *destination, (nuint)L.Count);
        return L.MinBits(L.MinBits(row.v0, row.v1), OneVector<L, V>.Store(row.v2, destination + 2 * L.Count, lastLanes));
    }
}

/// <summary>A row of four vectors.</summary>
internal readonly unsafe struct FourVectors<L, V>(V v0, V v1, V v2, V v3) : IStripRow<FourVectors<L, V>, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    private readonly V v0 = v0, v1 = v1, v2 = v2, v3 = v3;

    public static int Vectors => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<L, V> Load(float* source) => new(
        L.Load(ref *source, 0), L.Load(ref *source, (nuint)L.Count),
        L.Load(ref *source, (nuint)(2 * L.Count)), L.Load(ref *source, (nuint)(3 * L.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<L, V> MultiplyAdd(V x, FourVectors<L, V> b, FourVectors<L, V> sum) => new(
        L.FusedMultiplyAdd(x, b.v0, sum.v0), L.FusedMultiplyAdd(x, b.v1, sum.v1),
        L.FusedMultiplyAdd(x, b.v2, sum.v2), L.FusedMultiplyAdd(x, b.v3, sum.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Store(FourVectors<L, V> row, float* destination, int lastLanes)
    {
        L.Store(row.v0, ref *destination, 0);
        L.Store(row.v1, ref *destination, (nuint)L.Count);
        L.Store(row.v2, ref *destination, (nuint)(2 * L.Count));
        return L.MinBits(
            L.MinBits(row.v0, row.v1), L.MinBits(row.v2, OneVector<L, V>.Store(row.v3, destination + 3 * L.Count, lastLanes)));
    }
}
