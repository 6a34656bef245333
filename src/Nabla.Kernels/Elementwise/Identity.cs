namespace Nabla.Kernels;

/// <summary>a = z; f' = 1.</summary>
internal readonly struct Identity : IActivation
{
    public static bool DerivativeNeedsInput => false;

    public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => z;

    public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct => L.Broadcast(1f);
}
