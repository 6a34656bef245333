using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = z / (1 + |z|); f' = 1 / (1 + |z|)^2 = (1 - |a|)^2.</summary>
internal sealed record Softsign() : Activation("softsign", "z / (1 + |z|), from -1 to 1")
{
    // From here on, 1 + |z| is |z| in floats; an infinite z must not become infinity divided by itself.
    private const float Saturated = 1e30f;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct
        {
            V bounded = Signs.AtMost<L, V>(Signs.Magnitude<L, V>(z), Saturated);
            return Signs.Copy<L, V>(L.Divide(bounded, L.Add(L.Broadcast(1f), bounded)), z);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V rest = L.Subtract(L.Broadcast(1f), Signs.Magnitude<L, V>(a));
            return L.Multiply(rest, rest);
        }
    }
}
