using Nabla.Kernels;

namespace Nabla;

/// <summary>How the learning rate changes from step to step. Immutable: a schedule is a value.</summary>
/// <remarks>
/// The rate of a step is <see cref="LearningRate"/> times <see cref="ScheduleState.Factor"/>, in double precision and with the same bits on
/// every system. To add a kind: a file beside this one and a line in <see cref="All"/>.
/// </remarks>
public abstract record Schedule : Kind
{
    private protected Schedule(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>The same learning rate for every step.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>
    /// Four cycles, each twice as long as the one before: base * (1 - cos(2 pi log2(1 + 15 t))) / 2, where t is the share of the steps made
    /// (Holzmüller, Grinsztajn and Steinwart, 2024).
    /// </summary>
    public static Schedule CosLog4 { get; } = new CosLog4Schedule();

    /// <summary>All schedules, with their default settings.</summary>
    public static Catalogue<Schedule> All { get; } = new("schedule",
    [
        Constant,
        new StepSchedule(),
        new ExponentialSchedule(),
        new InverseScalingSchedule(),
        new CosineSchedule(),
        new OneCycleSchedule(),
        CosLog4,
        new ReduceOnPlateauSchedule(),
    ]);

    /// <summary>The learning rate of one step, before <see cref="ScheduleState.Factor"/>.</summary>
    /// <param name="baseRate">The optimizer's learning rate.</param>
    /// <param name="step">Steps made before, from 0.</param>
    /// <param name="steps">Steps of the whole training run, at least 1.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    public abstract double LearningRate(double baseRate, long step, long steps, long stepsPerEpoch);

    /// <summary>Whether <see cref="AfterEpoch"/> uses the loss, so that a run is resumed only with the same validation data.</summary>
    internal virtual bool UsesLoss => false;

    /// <summary>Takes note of how an epoch ended. Most schedules do not look at it.</summary>
    /// <param name="state">What was known before: <see cref="ScheduleState.Initial"/> before the first epoch.</param>
    /// <param name="loss">Mean loss on the validation data after the epoch; without them, that of training.</param>
    /// <returns>What holds for the next epoch.</returns>
    public virtual ScheduleState AfterEpoch(ScheduleState state, double loss) => state;

    /// <summary>Half a cosine from one rate to another.</summary>
    /// <param name="from">The rate at 0.</param>
    /// <param name="to">The rate at 1.</param>
    /// <param name="share">From 0 to 1.</param>
    private protected static double Anneal(double from, double to, double share) =>
        to + (from - to) / 2 * (1 + DoubleCosine.OfTurns(share / 2));

    /// <summary>Checks a factor that makes the rate smaller.</summary>
    /// <exception cref="InvalidOptionException">It is not above 0 and at most 1.</exception>
    private protected void RequireFactor(float factor)
    {
        if (!(factor is > 0 and <= 1))
            throw new InvalidOptionException($"The factor of {Name} is {factor}", "Use a number above 0, at most 1.", "Factor");
    }

    /// <summary>Checks a number of epochs.</summary>
    /// <exception cref="InvalidOptionException">It is too small.</exception>
    private protected void RequireCount(int count, int least, string parameter)
    {
        if (count < least)
            throw new InvalidOptionException($"{Name}: {parameter} is {count}", $"Use a whole number of at least {least}.");
    }
}
