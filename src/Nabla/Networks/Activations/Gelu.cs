using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// a = z Phi(z), where Phi(z) = (1 + erf(z / sqrt 2)) / 2 is the normal distribution (Hendrycks and Gimpel, 2016);
/// f' = Phi(z) + z phi(z), where phi is its density.
/// </summary>
/// <remarks>
/// a is within 3.1 units in the last place for every z. Where z is negative no digits are lost, as they would be in 1 + erf.
/// </remarks>
internal sealed record Gelu() : Activation("gelu", "z times the probability that a normal deviate is below z")
{
    private const float DensityAtZero = 0.39894228f; // 1 / sqrt(2 pi)

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => NormalProbability.TimesArgument<L, V>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V bounded = Signs.Limit<L, V>(z, NormalProbability.Saturated);
            V probability = NormalProbability.Apply<L, V>(bounded, out V bell);
            return L.FusedMultiplyAdd(L.Multiply(L.Broadcast(DensityAtZero), bounded), bell, probability);
        }
    }
}
