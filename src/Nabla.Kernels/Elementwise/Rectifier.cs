using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>a = max(z, 0), where NaN stays NaN so that divergence is detected; f' = 1 where a is positive, else 0.</summary>
internal readonly struct Rectifier : IActivation
{
    public static bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct =>
        L.SelectGreater(L.Broadcast(0f), z, L.Broadcast(0f), z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
        L.SelectGreater(a, L.Broadcast(0f), L.Broadcast(1f), L.Broadcast(0f));
}
