namespace Nabla.Kernels;

/// <summary>a = z; f' = 1.</summary>
internal readonly struct Identity : IActivation
{
    public static V Apply<L, V>(V z) where L : struct, ILanes<V> where V : struct => z;

    public static V DerivativeFromValue<L, V>(V a) where L : struct, ILanes<V> where V : struct => L.Broadcast(1f);
}
