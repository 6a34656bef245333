using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = z s(z), with the sigmoid s (Elfwing, Uchibe and Doya, 2018; also called swish); f' = s(z) (1 + z s(-z)).</summary>
/// <remarks>a is within 2.5 units in the last place for every z.</remarks>
internal sealed record Silu() : Activation("silu", "z / (1 + exp(-z)), also called swish")
{
    // Farther from 0, f and f' have their limits in floats.
    private const float Saturated = 150f;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct
        {
            V bounded = Signs.Limit<L, V>(z, Saturated), zero = L.Broadcast(0f), one = L.Broadcast(1f);
            V reduced = Kernels.Exponential.ReducedMinusOne<L, V>(Signs.MinusMagnitude<L, V>(bounded), out V n);
            V power = Kernels.Exponential.Multiply<L, V>(one, reduced, n); // e^-|z|
            // Where z is negative, z / (1 + e^-z) = z e^z / (1 + e^z), and z e^z has all its digits even if e^z is subnormal.
            V numerator = L.SelectGreater(z, zero, z, Kernels.Exponential.Multiply<L, V>(bounded, reduced, n));
            return L.Divide(numerator, L.Add(one, power));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V bounded = Signs.Limit<L, V>(z, Saturated), zero = L.Broadcast(0f), one = L.Broadcast(1f);
            V power = Kernels.Exponential.Apply<L, V>(Signs.MinusMagnitude<L, V>(z));
            V larger = L.Divide(one, L.Add(one, power)), smaller = L.Multiply(power, larger);
            V s = L.SelectGreater(z, zero, larger, smaller), ofMinusZ = L.SelectGreater(z, zero, smaller, larger);
            return L.FusedMultiplyAdd(L.Multiply(s, bounded), ofMinusZ, s);
        }
    }
}
