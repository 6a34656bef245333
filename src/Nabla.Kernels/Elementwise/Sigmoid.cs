using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>a = 1 / (1 + e^-z), within 2.5 units in the last place for every z, and monotonic.</summary>
internal readonly struct Sigmoid : IUnaryOperation
{
    // Below this 1 + e^z is 1 in floats, so the result is e^z, also where e^-z would overflow.
    private const float Tail = -32f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<L, V>(V z) where L : struct, ILanes<V> where V : struct
    {
        V tail = L.Broadcast(Tail);
        V power = Exponential.Apply<L, V>(L.SelectGreater(z, tail, L.Subtract(L.Broadcast(0f), z), z));
        V one = L.Broadcast(1f);
        return L.SelectGreater(z, tail, L.Divide(one, L.Add(one, power)), power);
    }
}
