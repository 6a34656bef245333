namespace Nabla.Comparisons;

/// <summary>How long one contender took.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Threads">How many it could use.</param>
/// <param name="Median">Seconds.</param>
/// <param name="Slow">Seconds that one call in a hundred takes at least; NaN where there are too few calls.</param>
internal sealed record PredictionTime(string Name, int Threads, double Median, double Slow);

/// <summary>One way to predict, measured.</summary>
/// <param name="What">What is predicted, with which network.</param>
/// <param name="Examples">In one call.</param>
/// <param name="Goal">How many times as fast as the best peer Nabla is to be.</param>
/// <param name="Times">Of each contender.</param>
internal sealed record PredictionResult(string What, int Examples, double Goal, IReadOnlyList<PredictionTime> Times)
{
    /// <summary>Nabla at its faster number of threads.</summary>
    public PredictionTime Ours => Times.Where(time => time.Name == NablaTrainer.Title).MinBy(time => time.Median)!;

    /// <summary>The fastest of the others.</summary>
    public PredictionTime Best => Times.Where(time => time.Name != NablaTrainer.Title).MinBy(time => time.Median)!;

    /// <summary>How many times as fast as the fastest of the others Nabla is.</summary>
    public double Ratio => Best.Median / Ours.Median;

    /// <summary>A time as it is said of this: of one example, or examples a second.</summary>
    public string Text(double seconds) => double.IsNaN(seconds) ? ""
        : Examples == 1 ? FormattableString.Invariant($"{seconds * 1e6:0.00} us")
        : FormattableString.Invariant($"{Examples / seconds / 1000:0} thousand/s");
}
