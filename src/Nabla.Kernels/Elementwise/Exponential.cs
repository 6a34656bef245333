using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>e^x, within 1 unit in the last place, subnormal results included; infinity above 88.73, 0 below -103.98.</summary>
/// <remarks>
/// x = n ln 2 + r with n whole and |r| at most ln 2 / 2; e^x = 2^n e^r, and e^r is a polynomial (minimax, fitted for Nabla).
/// The bound was measured over one in 23 of all floats; over all floats the function is monotonic.
/// </remarks>
internal readonly struct Exponential : IUnaryOperation
{
    // Beyond these bounds the result is infinity or 0; between them n stays in the range of the arithmetic below.
    private const float Highest = 89f;
    private const float Lowest = -104f;

    private const float Log2OfE = 1.442695f;

    // ln 2 in two parts: the first has 15 bits, so that its product with n is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.4286068e-06f;

    // Adding 1.5 * 2^23 leaves no bits for a fraction: the sum is rounded to the nearest integer, which its low bits hold.
    private const float Rounder = 12582912f;

    private const int ExponentBias = 127;
    private const int MantissaBits = 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        // The comparisons are ordered so that a NaN passes through.
        x = L.SelectGreater(x, L.Broadcast(Highest), L.Broadcast(Highest), x);
        x = L.SelectGreater(L.Broadcast(Lowest), x, L.Broadcast(Lowest), x);
        return Scale<L, V>(L.Add(ReducedMinusOne<L, V>(x, out V n), L.Broadcast(1f)), n);
    }

    /// <summary>e^r - 1 with r = x - n ln 2, accurate also near 0; n comes as the integer in the bits of each lane.</summary>
    /// <param name="x">From -150 to 89; a NaN passes through, with an arbitrary n.</param>
    /// <param name="n">The integer n, in the bits of each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ReducedMinusOne<L, V>(V x, out V n) where L : struct, ILanes<V> where V : struct =>
        MinusOne<L, V>(Reduce<L, V>(x, out n));

    /// <summary>The same of x + low, where low is so small that x is their sum in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ReducedMinusOne<L, V>(V x, V low, out V n) where L : struct, ILanes<V> where V : struct =>
        MinusOne<L, V>(L.Add(Reduce<L, V>(x, out n), low));

    /// <summary>factor * e^x, rounded once more where it is subnormal; e^x itself may be smaller.</summary>
    /// <param name="factor">At most 150 in magnitude.</param>
    /// <param name="reduced">e^r - 1, from <see cref="ReducedMinusOne{L, V}(V, out V)"/>.</param>
    /// <param name="n">The integer n that belongs to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Multiply<L, V>(V factor, V reduced, V n) where L : struct, ILanes<V> where V : struct =>
        Scale<L, V>(L.FusedMultiplyAdd(factor, reduced, factor), n);

    /// <summary>2^n from the integer n in the bits of each lane, -126 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V PowerOfTwo<L, V>(V n) where L : struct, ILanes<V> where V : struct =>
        L.ShiftBitsLeft(L.AddBits(n, L.BroadcastBits(ExponentBias)), MantissaBits);

    /// <summary>value * 2^n in two steps, so that neither factor leaves the range of floats and only the last product rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scale<L, V>(V value, V n) where L : struct, ILanes<V> where V : struct
    {
        V half = L.ShiftBitsRight(n, 1);
        return L.Multiply(L.Multiply(value, PowerOfTwo<L, V>(half)), PowerOfTwo<L, V>(L.SubtractBits(n, half)));
    }

    /// <summary>r = x - n ln 2 with the integer n that is nearest to x / ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<L, V>(V x, out V n) where L : struct, ILanes<V> where V : struct
    {
        V rounded = L.FusedMultiplyAdd(x, L.Broadcast(Log2OfE), L.Broadcast(Rounder));
        n = L.SubtractBits(rounded, L.Broadcast(Rounder));
        V whole = L.Subtract(rounded, L.Broadcast(Rounder));
        V r = L.FusedMultiplyAdd(whole, L.Broadcast(-Ln2High), x);
        return L.FusedMultiplyAdd(whole, L.Broadcast(-Ln2Low), r);
    }

    /// <summary>e^r - 1 = r + r^2 q(r).</summary>
    /// <param name="r">At most ln 2 / 2 in magnitude.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MinusOne<L, V>(V r) where L : struct, ILanes<V> where V : struct
    {
        V q = L.Broadcast(0.0013814218f);
        q = L.FusedMultiplyAdd(q, r, L.Broadcast(0.008368899f));
        q = L.FusedMultiplyAdd(q, r, L.Broadcast(0.041668408f));
        q = L.FusedMultiplyAdd(q, r, L.Broadcast(0.1666652f));
        q = L.FusedMultiplyAdd(q, r, L.Broadcast(0.49999994f));
        return L.FusedMultiplyAdd(L.Multiply(r, r), q, r);
    }
}
