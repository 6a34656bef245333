using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = 1 / (1 + exp(-z)); f' = a (1 - a).</summary>
internal sealed record Sigmoid() : Activation("sigmoid", "1 / (1 + exp(-z)), from 0 to 1")
{
    internal override bool GivesProbabilities => true;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    internal readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => Kernels.Sigmoid.Apply<L, V>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct => L.Multiply(a, L.Subtract(L.Broadcast(1f), a));
    }
}
