using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// a = z where z is above 0, else alpha (e^z - 1); f' = 1 or alpha e^z (Clevert, Unterthiner and Hochreiter, 2016). Immutable.
/// </summary>
/// <remarks>
/// a is within 1 unit in the last place with the default alpha, and within 2 with others. f' is not computed as a + alpha, which has no
/// digits left where e^z is small.
/// </remarks>
public sealed record Elu() : Activation("elu", "z where it is above 0, else alpha * (exp(z) - 1)")
{
    private static readonly KindParameter[] AllParameters =
        [KindParameter.Create<Elu>("alpha", kind => kind.Alpha, (kind, value) => kind with { Alpha = value })];

    /// <summary>The activation falls to -alpha; above 0 (default: 1).</summary>
    public float Alpha { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(new Function(Alpha));

    internal override void Validate()
    {
        base.Validate();
        if (!(Alpha > 0))
        {
            throw new InvalidOptionException(
                $"The alpha of {Name} is {Alpha}", "Use a number above 0; the usual one is 1.", nameof(Alpha));
        }
    }

    private readonly struct Function(float alpha) : IActivation
    {
        public static bool DerivativeNeedsInput => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct
        {
            V negative = L.Multiply(L.Broadcast(alpha), ExponentialMinusOne.Apply<L, V>(z));
            return L.SelectGreater(z, L.Broadcast(0f), z, negative);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct
        {
            V negative = L.Multiply(L.Broadcast(alpha), Kernels.Exponential.Apply<L, V>(z));
            return L.SelectGreater(z, L.Broadcast(0f), L.Broadcast(1f), negative);
        }
    }
}
