using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = max(z, 0), where NaN stays NaN so that divergence is seen; f' = 1 where a is positive, else 0.</summary>
internal sealed record Relu() : Activation("relu", "max(0, z)")
{
    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct =>
            Signs.PositivePart<L, V>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
            L.SelectGreater(a, L.Broadcast(0f), L.Broadcast(1f), L.Broadcast(0f));
    }
}
