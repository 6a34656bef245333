using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = tanh z; f' = 1 - a^2 = (1 - a) (1 + a).</summary>
internal sealed record Tanh() : Activation("tanh", "tanh(z), from -1 to 1")
{
    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => HyperbolicTangent.Apply<L, V>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
            L.Multiply(L.Subtract(L.Broadcast(1f), a), L.Add(L.Broadcast(1f), a));
    }
}
