namespace Nabla.Kernels.Tests;

/// <summary>a = slope z^2, f' = 2 slope z: an activation for tests, with a parameter and a derivative that needs z.</summary>
internal readonly struct SlopedSquare(float slope) : IActivation
{
    public static bool DerivativeNeedsInput => true;

    public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => L.Multiply(L.Broadcast(slope), L.Multiply(z, z));

    public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct => L.Multiply(L.Broadcast(2 * slope), z);
}
