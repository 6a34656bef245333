using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>a = z where z is above 0, else slope * z; f' = 1 or slope (Maas, Hannun and Ng, 2013). Immutable.</summary>
public sealed record LeakyRelu() : Activation("leaky-relu", "z where it is above 0, else slope * z")
{
    private static readonly KindParameter[] AllParameters =
        [KindParameter.Create<LeakyRelu>("slope", kind => kind.Slope, (kind, value) => kind with { Slope = value })];

    /// <summary>f' where z is negative; above 0 (default: 0.01).</summary>
    public float Slope { get; init; } = 0.01f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override bool IsUnbounded => true;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(new Function(Slope));

    internal override void Validate()
    {
        base.Validate();
        if (!(Slope > 0))
        {
            throw new InvalidOptionException(
                $"The slope of {Name} is {Slope}", "Use a number above 0; the usual one is 0.01.", nameof(Slope));
        }
    }

    private readonly struct Function(float slope) : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct
        {
            V leak = L.Multiply(L.Broadcast(slope), z);
            return L.SelectGreater(z, L.Broadcast(0f), z, leak);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
            L.SelectGreater(a, L.Broadcast(0f), L.Broadcast(1f), L.Broadcast(slope));
    }
}
