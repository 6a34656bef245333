namespace Nabla.Kernels.Tests;

/// <summary>a = tanh z, f' = (1 - a) (1 + a): an activation for tests, whose derivative needs a alone.</summary>
internal readonly struct TanhOfOutput : IActivation
{
    public static bool DerivativeNeedsInput => false;

    public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => HyperbolicTangent.Apply<L, V>(z);

    public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
        L.Multiply(L.Subtract(L.Broadcast(1f), a), L.Add(L.Broadcast(1f), a));
}
