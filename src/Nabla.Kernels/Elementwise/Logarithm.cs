using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>ln x, within 0.9 units in the last place, subnormal x included; -infinity at 0, NaN below.</summary>
/// <remarks>
/// x = 2^e m with m from sqrt(1/2) to sqrt(2); ln x = e ln 2 + ln(1 + f), f = m - 1, the latter a polynomial (minimax, fitted for Nabla).
/// The bound was measured over one in 23 of all floats; over all floats the function is monotonic.
/// </remarks>
internal readonly struct Logarithm : IUnaryOperation
{
    private const float SmallestNormal = 1.17549435e-38f;

    // Lifts the subnormals into the normal range: 2^25.
    private const float Lift = 33554432f;
    private const float LiftExponent = 25f;

    private const int SqrtOfHalf = 0x3F3504F3;
    private const int Mantissa = 0x007FFFFF;
    private const int MantissaBits = 23;

    // ln 2 in two parts: the first has 15 bits, so that its product with an exponent is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.4286068e-06f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        V smallest = L.Broadcast(SmallestNormal);
        V lifted = L.SelectGreater(smallest, x, L.Multiply(x, L.Broadcast(Lift)), x);
        V bits = L.SubtractBits(lifted, L.BroadcastBits(SqrtOfHalf));
        V exponent = L.BitsToFloat(L.ShiftBitsRight(bits, MantissaBits));
        exponent = L.Subtract(exponent, L.SelectGreater(smallest, x, L.Broadcast(LiftExponent), L.Broadcast(0f)));
        V m = L.AddBits(L.AndBits(bits, L.BroadcastBits(Mantissa)), L.BroadcastBits(SqrtOfHalf));
        return WithSpecialValues<L, V>(x, OfReduced<L, V>(m, exponent));
    }

    /// <summary>ln(1 + x), accurate also near 0.</summary>
    /// <param name="x">From 0 to 1; a NaN passes through.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V OfOnePlus<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        V sum = L.Add(L.Broadcast(1f), x);
        // What the sum lost to rounding, exactly; it moves the logarithm by so much divided by the sum.
        V lost = L.Subtract(x, L.Subtract(sum, L.Broadcast(1f)));
        return L.Add(Apply<L, V>(sum), L.Divide(lost, sum));
    }

    /// <summary>e ln 2 + ln m, the small terms first; ln(1 + f) = f + f^2 q(f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfReduced<L, V>(V m, V exponent) where L : struct, ILanes<V> where V : struct
    {
        V f = L.Subtract(m, L.Broadcast(1f));
        V q = L.Broadcast(-0.07621719f);
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(0.12904403f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(-0.13242997f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(0.14181831f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(-0.16609083f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(0.20001973f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(-0.25001583f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(0.33333325f));
        q = L.FusedMultiplyAdd(q, f, L.Broadcast(-0.49999988f));
        V small = L.FusedMultiplyAdd(L.Multiply(f, f), q, L.Multiply(exponent, L.Broadcast(Ln2Low)));
        return L.FusedMultiplyAdd(exponent, L.Broadcast(Ln2High), L.Add(small, f));
    }

    /// <summary>Infinity and NaN give themselves, 0 gives -infinity, and negative values give NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSpecialValues<L, V>(V x, V logarithm) where L : struct, ILanes<V> where V : struct
    {
        V finite = L.SelectGreater(L.Broadcast(float.PositiveInfinity), x, logarithm, x);
        V notPositive = L.SelectGreater(L.Broadcast(0f), x, L.Broadcast(float.NaN), L.Broadcast(float.NegativeInfinity));
        return L.SelectGreater(L.Broadcast(float.Epsilon), x, notPositive, finite);
    }
}
