using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>e^x - 1, within 1.5 units in the last place, also near 0; infinity above 88.73, -1 below -17.33.</summary>
internal readonly struct ExponentialMinusOne : IUnaryOperation
{
    // Beyond these bounds the result is infinity or -1.
    private const float Highest = 89f;
    private const float Lowest = -20f;

    // Nearer to 0, e^x - 1 is x in floats.
    private const float Tiny = 1e-8f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<L, V>(V x) where L : struct, ILanes<V> where V : struct
    {
        V bounded = Signs.AtMost<L, V>(x, Highest);
        bounded = L.SelectGreater(L.Broadcast(Lowest), bounded, L.Broadcast(Lowest), bounded);
        V reduced = Exponential.ReducedMinusOne<L, V>(bounded, out V n);
        // Half the result, since 2^128 is no float: 2^(n-1) (e^r - 1) + (2^(n-1) - 1/2).
        V power = Exponential.PowerOfTwo<L, V>(L.SubtractBits(n, L.BroadcastBits(1)));
        V half = L.FusedMultiplyAdd(power, reduced, L.Subtract(power, L.Broadcast(0.5f)));
        return L.SelectGreater(Signs.Magnitude<L, V>(x), L.Broadcast(Tiny), L.Add(half, half), x);
    }
}
