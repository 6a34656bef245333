using Nabla.Kernels;

namespace Nabla;

/// <summary>A factor every few epochs: base * factor^(epoch / every), rounded down. Immutable.</summary>
public sealed record StepSchedule() : Schedule("step", "times a factor after every few epochs")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.CreateCount<StepSchedule>("every", o => o.Every, (o, value) => o with { Every = value }),
        KindParameter.Create<StepSchedule>("factor", o => o.Factor, (o, value) => o with { Factor = value }),
    ];

    /// <summary>Epochs from one reduction to the next; at least 1 (default: 5).</summary>
    public int Every { get; init; } = 5;

    /// <summary>What the rate is multiplied by; above 0, at most 1 (default: 0.1).</summary>
    public float Factor { get; init; } = 0.1f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch) =>
        baseRate * DoubleExponential.WholePower(Factor, step / stepsPerEpoch / Every);

    internal override void Validate()
    {
        RequireCount(Every, 1, "every");
        RequireFactor(Factor);
    }
}
