using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The pinball loss: q (y - a) where an output is too small, (1 - q) (a - y) where it is too large. It learns the q-quantile of the
/// targets (R. Koenker and G. Bassett, "Regression quantiles", 1978). Summed over the outputs of an example.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed record QuantileLoss() : Loss("quantile", "the pinball loss, which learns a quantile of the targets")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.Create<QuantileLoss>("q", loss => loss.Q, (loss, value) => loss with { Q = value }),
    ];

    /// <summary>The share of targets that should be below the output; between 0 and 1 (default: 0.5, the median).</summary>
    public float Q { get; init; } = 0.5f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override IReadOnlyList<Activation> OutputActivations => DifferenceUnit.IdentityFirst;

    /// <inheritdoc/>
    public override bool TakesClasses => false;

    internal override bool Takes(Activation output) => output.IsElementwise;

    internal override void Validate()
    {
        if (!(Q is > 0 and < 1))
            throw new InvalidOptionException($"The q of the quantile loss is {Q}", "Use a number between 0 and 1, e.g. 0.9.", nameof(Q));
    }

    private protected override OutputLoss Create(Activation output) => DifferenceUnit.Create(new Function(Q), output);

    /// <summary>The derivative is 1 - q above 0, -q below, and 0 at 0.</summary>
    private readonly struct Function(float q) : IDifferenceLoss
    {
        public double Value(double difference) => difference > 0 ? (1.0 - q) * difference : -q * difference;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V difference) where L : struct, ILanes<V> where V : struct
        {
            V zero = L.Broadcast(0f);
            V notAbove = L.SelectGreater(zero, difference, L.Broadcast(-q), difference);
            return L.SelectGreater(difference, zero, L.Broadcast(1f - q), notAbove);
        }
    }
}
