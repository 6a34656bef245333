namespace Nabla;

/// <summary>
/// Half a cosine from the base rate down to a share of it (Loshchilov and Hutter, 2017, without restarts), perhaps after a linear warm-up.
/// Immutable.
/// </summary>
/// <remarks>
/// With w = warmup * steps, rounded, a step before w has base * (step + 1) / (w + 1), and a later one
/// base * (final + (1 - final) * (1 + cos(pi * (step - w) / (steps - w))) / 2).
/// </remarks>
public sealed record CosineSchedule() : Schedule("cosine", "half a cosine down to a final share, perhaps after a linear warm-up")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.Create<CosineSchedule>("warmup", o => o.Warmup, (o, value) => o with { Warmup = value }),
        KindParameter.Create<CosineSchedule>("final", o => o.Final, (o, value) => o with { Final = value }),
    ];

    /// <summary>Share of the training run in which the rate rises; from 0 to below 1 (default: 0).</summary>
    public float Warmup { get; init; }

    /// <summary>Share of the base rate that the rate approaches; from 0 to 1 (default: 0).</summary>
    public float Final { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch)
    {
        double warmup = Math.Round((double)Warmup * steps);
        if (step < warmup)
            return baseRate * (step + 1) / (warmup + 1);
        return Anneal(baseRate, baseRate * Final, (step - warmup) / (steps - warmup));
    }

    internal override void Validate()
    {
        if (!(Warmup is >= 0 and < 1))
            throw new InvalidOptionException($"The warm-up of {Name} is {Warmup}", "Use a share from 0 to below 1.", nameof(Warmup));
        if (!(Final is >= 0 and <= 1))
            throw new InvalidOptionException($"The final share of {Name} is {Final}", "Use a share from 0 to 1.", nameof(Final));
    }
}
