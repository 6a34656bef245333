using Nabla.Kernels;

namespace Nabla;

/// <summary>A factor after each epoch: base * factor^epoch. Immutable.</summary>
public sealed record ExponentialSchedule() : Schedule("exponential", "times a factor after each epoch")
{
    private static readonly KindParameter[] AllParameters =
        [KindParameter.Create<ExponentialSchedule>("factor", o => o.Factor, (o, value) => o with { Factor = value })];

    /// <summary>What the rate is multiplied by; above 0, at most 1 (default: 0.9).</summary>
    public float Factor { get; init; } = 0.9f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch) =>
        baseRate * DoubleExponential.WholePower(Factor, step / stepsPerEpoch);

    internal override void Validate() => RequireFactor(Factor);
}
