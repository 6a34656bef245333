using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = z / (1 + |z|); f' = 1 / (1 + |z|)^2 = (1 - |a|)^2.</summary>
internal sealed record Softsign() : Activation("softsign", "z / (1 + |z|), from -1 to 1")
{
    private const int Sign = unchecked((int)0x80000000);

    // From here on, 1 + |z| is |z| in floats; an infinite z must not become infinity divided by itself.
    private const float Saturated = 1e30f;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct
        {
            V magnitude = Magnitude<L, V>(z), most = L.Broadcast(Saturated);
            V bounded = L.SelectGreater(magnitude, most, most, magnitude);
            V a = L.Divide(bounded, L.Add(L.Broadcast(1f), bounded));
            return L.OrBits(a, L.AndBits(z, L.BroadcastBits(Sign)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V rest = L.Subtract(L.Broadcast(1f), Magnitude<L, V>(a));
            return L.Multiply(rest, rest);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Magnitude<L, V>(V value) where L : struct, ILanes<V> where V : struct =>
            L.AndBits(value, L.BroadcastBits(~Sign));
    }
}
