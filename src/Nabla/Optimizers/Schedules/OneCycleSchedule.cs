namespace Nabla;

/// <summary>
/// One cycle: half a cosine up to the base rate, and half a cosine down to almost nothing (Smith and Topin, 2018, in the form of PyTorch's
/// <c>OneCycleLR</c>). Immutable.
/// </summary>
/// <remarks>
/// With peak = share * steps - 1, the rate goes from base / div to base at step peak, and from there to base / div / final-div at the last
/// step.
/// </remarks>
public sealed record OneCycleSchedule() : Schedule("one-cycle", "half a cosine up to the base rate, and half a cosine down to nothing")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.Create<OneCycleSchedule>("rise", o => o.Rise, (o, value) => o with { Rise = value }),
        KindParameter.Create<OneCycleSchedule>("div", o => o.Div, (o, value) => o with { Div = value }),
        KindParameter.Create<OneCycleSchedule>("final-div", o => o.FinalDiv, (o, value) => o with { FinalDiv = value }),
    ];

    /// <summary>Share of the training run in which the rate rises; from 0 to below 1 (default: 0.3).</summary>
    public float Rise { get; init; } = 0.3f;

    /// <summary>The first rate is the base rate divided by this; at least 1 (default: 25).</summary>
    public float Div { get; init; } = 25;

    /// <summary>The last rate is the first divided by this; at least 1 (default: 10000).</summary>
    public float FinalDiv { get; init; } = 1e4f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch)
    {
        double first = baseRate / Div, peak = (double)Rise * steps - 1, last = steps - 1;
        return step < peak
            ? Anneal(first, baseRate, step / peak)
            : Anneal(baseRate, first / FinalDiv, (step - peak) / (last - peak));
    }

    internal override void Validate()
    {
        if (!(Rise is >= 0 and < 1))
            throw new InvalidOptionException($"The rise of {Name} is {Rise}", "Use a share from 0 to below 1.", nameof(Rise));
        if (!(Div >= 1) || !(FinalDiv >= 1) || !float.IsFinite(Div) || !float.IsFinite(FinalDiv))
            throw new InvalidOptionException(
                $"The divisors of {Name} are {Div} and {FinalDiv}", "Use finite numbers of at least 1; the usual ones are 25 and 10000.");
    }
}
