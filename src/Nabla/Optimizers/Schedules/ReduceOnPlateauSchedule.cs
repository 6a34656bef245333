namespace Nabla;

/// <summary>
/// The rate is multiplied by a factor each time the loss has not improved for more than a few epochs, as with PyTorch's
/// <c>ReduceLROnPlateau</c>. Immutable.
/// </summary>
/// <remarks>
/// The loss is that of the validation data after an epoch; without them, the mean training loss of the epoch. It has improved if it is
/// below the best one by more than the share <see cref="Threshold"/>. A run is resumed only with the same validation data.
/// </remarks>
public sealed record ReduceOnPlateauSchedule() : Schedule("reduce-on-plateau", "times a factor when the loss stops improving")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.Create<ReduceOnPlateauSchedule>("factor", o => o.Factor, (o, value) => o with { Factor = value }),
        KindParameter.CreateCount<ReduceOnPlateauSchedule>("patience", o => o.Patience, (o, value) => o with { Patience = value }),
        KindParameter.Create<ReduceOnPlateauSchedule>("threshold", o => o.Threshold, (o, value) => o with { Threshold = value }),
    ];

    /// <summary>What the rate is multiplied by; above 0, at most 1 (default: 0.1).</summary>
    public float Factor { get; init; } = 0.1f;

    /// <summary>Epochs without improvement that are tolerated; one more, and the rate is reduced. 0 or more (default: 2).</summary>
    public int Patience { get; init; } = 2;

    /// <summary>The share of the best loss by which a loss must be lower to count; from 0 to below 1 (default: 0.0001).</summary>
    public float Threshold { get; init; } = 1e-4f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override bool UsesLoss => true;

    /// <inheritdoc/>
    public override double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch) => baseRate;

    /// <inheritdoc/>
    public override ScheduleState AfterEpoch(ScheduleState state, double loss)
    {
        if (double.IsFinite(loss) && (state.BestLoss is not { } best || loss < best - Threshold * Math.Abs(best)))
            return state with { BestLoss = loss, Waited = 0 };
        return state.Waited < Patience
            ? state with { Waited = state.Waited + 1 }
            : state with { Factor = state.Factor * Factor, Waited = 0 };
    }

    internal override void Validate()
    {
        RequireFactor(Factor);
        RequireCount(Patience, 0, "patience");
        if (!(Threshold is >= 0 and < 1))
            throw new InvalidOptionException(
                $"The threshold of {Name} is {Threshold}", "Use a share from 0 to below 1; the usual one is 0.0001.", nameof(Threshold));
    }
}
