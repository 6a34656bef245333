using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = e^z; f' = a.</summary>
internal sealed record Exponential() : Activation("exponential", "exp(z), above 0; for outputs that are rates or counts")
{
    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct =>
            Kernels.Exponential.Apply<L, V>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct => a;
    }
}
