using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// a = lambda z where z is above 0, else lambda alpha (e^z - 1); f' = lambda or lambda alpha e^z (Klambauer and others, 2017).
/// </summary>
/// <remarks>a is within 1.9 units in the last place.</remarks>
internal sealed record Selu() : Activation("selu", "1.0507 z where z is above 0, else 1.7581 (exp(z) - 1)")
{
    // With these, mean 0 and variance 1 are a fixed point from layer to layer; the second is lambda alpha, with alpha = 1.67326324.
    private const float Lambda = 1.05070099f;
    private const float LambdaAlpha = 1.75809934f;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct
        {
            V positive = L.Multiply(L.Broadcast(Lambda), z);
            V negative = L.Multiply(L.Broadcast(LambdaAlpha), ExponentialMinusOne.Apply<L, V>(z));
            return L.SelectGreater(z, L.Broadcast(0f), positive, negative);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V negative = L.Multiply(L.Broadcast(LambdaAlpha), Kernels.Exponential.Apply<L, V>(z));
            return L.SelectGreater(z, L.Broadcast(0f), L.Broadcast(Lambda), negative);
        }
    }
}
