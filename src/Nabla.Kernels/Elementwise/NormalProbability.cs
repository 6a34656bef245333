using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>
/// Phi(z) = (1 + erf(z / sqrt 2)) / 2, the probability that a standard normal deviate is below z: within 3.6 units in the last place for
/// every z, subnormal results included; 1 above 5.42, 0 below -14.17.
/// </summary>
/// <remarks>
/// Up to |z| = 1 an odd polynomial is added to 1/2. Beyond, Phi(-y) = g(y) e^(-y^2 / 2) / y with a polynomial g in (y - 4) / (y + 4), from
/// 0.26 to 0.4: no digits are lost where Phi is small, as they would be in 1 + erf. Both polynomials are minimax, fitted for Nabla.
/// </remarks>
internal readonly struct NormalProbability : IUnaryOperation
{
    /// <summary>Farther from 0, Phi(-y) and y Phi(-y) are 0 in floats.</summary>
    internal const float Saturated = 15f;

    private const float Near = 1f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<L, V>(V z) where L : struct, ILanes<V> where V : struct => Apply<L, V>(z, out _);

    /// <summary>Phi(z).</summary>
    /// <param name="z">Any floats.</param>
    /// <param name="bell">e^(-z^2 / 2), which the normal density is a multiple of.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Apply<L, V>(V z, out V bell) where L : struct, ILanes<V> where V : struct
    {
        V one = L.Broadcast(1f), y = Signs.AtMost<L, V>(Signs.Magnitude<L, V>(z), Saturated);
        V reduced = ReducedBellMinusOne<L, V>(y, out V n);
        bell = Exponential.Multiply<L, V>(one, reduced, n);
        V tail = Exponential.Multiply<L, V>(L.Divide(TailFactor<L, V>(y), y), reduced, n);
        V far = L.SelectGreater(z, L.Broadcast(0f), L.Subtract(one, tail), tail);
        return L.SelectGreater(y, L.Broadcast(Near), far, NearZero<L, V>(z));
    }

    /// <summary>z Phi(z), within 3.1 units in the last place for every z; the limit at -infinity is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V TimesArgument<L, V>(V z) where L : struct, ILanes<V> where V : struct
    {
        V y = Signs.AtMost<L, V>(Signs.Magnitude<L, V>(z), Saturated);
        V reduced = ReducedBellMinusOne<L, V>(y, out V n);
        // z Phi(z) = max(z, 0) - y Phi(-y)
        V far = L.Subtract(Signs.PositivePart<L, V>(z), Exponential.Multiply<L, V>(TailFactor<L, V>(y), reduced, n));
        return L.SelectGreater(y, L.Broadcast(Near), far, L.Multiply(z, NearZero<L, V>(z)));
    }

    /// <summary>e^(-y^2 / 2) as <see cref="Exponential"/> reduces it, with all digits of y^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedBellMinusOne<L, V>(V y, out V n) where L : struct, ILanes<V> where V : struct
    {
        V minusHalf = L.Broadcast(-0.5f), square = L.Multiply(y, y);
        V lost = L.FusedMultiplyAdd(y, y, L.Subtract(L.Broadcast(0f), square));
        return Exponential.ReducedMinusOne<L, V>(L.Multiply(minusHalf, square), L.Multiply(minusHalf, lost), out n);
    }

    /// <summary>Phi(z) up to |z| = 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearZero<L, V>(V z) where L : struct, ILanes<V> where V : struct
    {
        V square = L.Multiply(z, z);
        V q = L.Broadcast(-7.65421235e-6f);
        q = L.FusedMultiplyAdd(q, square, L.Broadcast(0.000113486383f));
        q = L.FusedMultiplyAdd(q, square, L.Broadcast(-0.00118632995f));
        q = L.FusedMultiplyAdd(q, square, L.Broadcast(0.00997332341f));
        q = L.FusedMultiplyAdd(q, square, L.Broadcast(-0.0664903599f));
        q = L.FusedMultiplyAdd(q, square, L.Broadcast(0.39894228f));
        return L.FusedMultiplyAdd(z, q, L.Broadcast(0.5f));
    }

    /// <summary>g(y) = y Phi(-y) e^(y^2 / 2), from y = 1 to 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TailFactor<L, V>(V y) where L : struct, ILanes<V> where V : struct
    {
        V four = L.Broadcast(4f), t = L.Divide(L.Subtract(y, four), L.Add(y, four));
        V g = L.Broadcast(0.00079183028f);
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(-0.000953940298f));
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(-0.00548388079f));
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(0.0264347612f));
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(-0.0630657893f));
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(0.100307218f));
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(-0.110379485f));
        g = L.FusedMultiplyAdd(g, t, L.Broadcast(0.0736942568f));
        return L.FusedMultiplyAdd(g, t, L.Broadcast(0.377642564f));
    }
}
