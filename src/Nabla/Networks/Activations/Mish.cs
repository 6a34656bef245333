using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = z tanh(ln(1 + e^z)) (Misra, 2019); f' = tanh(ln(1 + e^z)) + z / cosh(ln(1 + e^z))^2 * s(z), with the sigmoid s.</summary>
/// <remarks>
/// With w = e^z, tanh(ln(1 + w)) = w (w + 2) / (w (w + 2) + 2), and the second term is 4 z w (1 + w) / (w (w + 2) + 2)^2. Where z is
/// positive, numerators and denominators are divided by powers of w, so that only w = e^-|z| is needed and nothing overflows. a is within
/// 3.5 units in the last place for every z.
/// </remarks>
internal sealed record Mish() : Activation("mish", "z * tanh(ln(1 + exp(z)))")
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
            V bounded = Signs.Limit<L, V>(z, Saturated);
            V reduced = Kernels.Exponential.ReducedMinusOne<L, V>(Signs.MinusMagnitude<L, V>(bounded), out V n);
            V ratio = Ratio<L, V>(z, Kernels.Exponential.Multiply<L, V>(L.Broadcast(1f), reduced, n), out _);
            // Where z is negative, the product with e^z comes last, since e^z may be subnormal.
            V negative = Kernels.Exponential.Multiply<L, V>(L.Multiply(bounded, ratio), reduced, n);
            return L.SelectGreater(z, L.Broadcast(0f), L.Multiply(z, ratio), negative);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V bounded = Signs.Limit<L, V>(z, Saturated), zero = L.Broadcast(0f);
            V w = Kernels.Exponential.Apply<L, V>(Signs.MinusMagnitude<L, V>(z));
            V ratio = Ratio<L, V>(z, w, out V denominator);
            V tanh = L.SelectGreater(z, zero, ratio, L.Multiply(w, ratio));
            V power = L.SelectGreater(z, zero, L.Multiply(w, w), w);
            V slope = L.Divide(L.FusedMultiplyAdd(power, w, power), L.Multiply(denominator, denominator));
            return L.FusedMultiplyAdd(L.Multiply(L.Broadcast(4f), bounded), slope, tanh);
        }

        /// <summary>tanh(ln(1 + e^z)); where z is negative, that divided by e^z.</summary>
        /// <param name="z">Weighted inputs.</param>
        /// <param name="w">e^-|z|.</param>
        /// <param name="denominator">w (w + 2) + 2; where z is positive, 2 w (w + 1) + 1.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Ratio<L, V>(V z, V w, out V denominator) where L : struct, ILanes<V> where V : struct
        {
            V zero = L.Broadcast(0f), one = L.Broadcast(1f), two = L.Broadcast(2f);
            V numerator = L.SelectGreater(z, zero, L.FusedMultiplyAdd(two, w, one), L.Add(w, two));
            V negative = L.FusedMultiplyAdd(w, numerator, two), positive = L.FusedMultiplyAdd(L.Add(w, w), w, numerator);
            denominator = L.SelectGreater(z, zero, positive, negative);
            return L.Divide(numerator, denominator);
        }
    }
}
