using Nabla.Kernels;

namespace Nabla;

/// <summary>A power of the step: base / t^power, where t counts steps from 1, after scikit-learn's <c>invscaling</c>. Immutable.</summary>
public sealed record InverseScalingSchedule() : Schedule("inverse-scaling", "divided by a power of the number of the step")
{
    private static readonly KindParameter[] AllParameters =
        [KindParameter.Create<InverseScalingSchedule>("power", o => o.Power, (o, value) => o with { Power = value })];

    /// <summary>The power; 0 or more (default: 0.5).</summary>
    public float Power { get; init; } = 0.5f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch) =>
        baseRate / DoubleExponential.Power(step + 1.0, Power);

    internal override void Validate()
    {
        if (!(Power >= 0) || !float.IsFinite(Power))
            throw new InvalidOptionException(
                $"The power of {Name} is {Power}", "Use 0 or a finite number above it, e.g. 0.5.", nameof(Power));
    }
}
