using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// d^2 / 2 up to |d| = delta, and delta (|d| - delta / 2) beyond, so that outliers count as in the absolute loss
/// (P. J. Huber, "Robust estimation of a location parameter", 1964). Summed over the outputs of an example.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed record HuberLoss() : Loss("huber", "quadratic for small distances, absolute for large ones")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.Create<HuberLoss>("delta", loss => loss.Delta, (loss, value) => loss with { Delta = value }),
    ];

    /// <summary>The distance up to which the loss is quadratic, in the targets' unit; above 0 (default: 1).</summary>
    public float Delta { get; init; } = 1f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override IReadOnlyList<Activation> OutputActivations => DifferenceUnit.IdentityFirst;

    /// <inheritdoc/>
    public override bool TakesClasses => false;

    internal override bool Takes(Activation output) => output.IsElementwise;

    internal override void Validate()
    {
        if (!(Delta > 0) || !float.IsFinite(Delta))
        {
            throw new InvalidOptionException(
                $"The delta of the huber loss is {Delta}", "Use a finite number above 0, e.g. 1.", nameof(Delta));
        }
    }

    private protected override OutputLoss Create(Activation output) => DifferenceUnit.Create(new Function(Delta), output);

    private readonly struct Function(float delta) : IDifferenceLoss
    {
        public double Value(double difference)
        {
            double distance = Math.Abs(difference);
            return distance <= delta ? 0.5 * difference * difference : delta * (distance - 0.5 * delta);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V difference) where L : struct, ILanes<V> where V : struct
        {
            V most = L.Broadcast(delta), least = L.Broadcast(-delta);
            V notAbove = L.SelectGreater(least, difference, least, difference);
            return L.SelectGreater(difference, most, most, notAbove);
        }
    }
}
