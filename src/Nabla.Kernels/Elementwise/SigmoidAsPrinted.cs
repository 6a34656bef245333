using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>The notebook's mistake: the sigmoid, with sigmoid'(a) in place of sigmoid'(z).</summary>
/// <remarks>
/// sigmoid(a) (1 - sigmoid(a)) lies between 0.197 and 0.25 and never saturates. Passed back through a hidden layer, it gives the gradient
/// of no cost function (docs/notebook.md).
/// </remarks>
internal readonly struct SigmoidAsPrinted : IActivation
{
    public static bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => Sigmoid.Apply<L, V>(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
        default(Sigmoid).Derivative<L, V>(a, Sigmoid.Apply<L, V>(a));
}
