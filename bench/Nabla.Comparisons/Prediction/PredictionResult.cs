namespace Nabla.Comparisons;

/// <summary>One contender's times.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Threads">Threads that it may use.</param>
/// <param name="Median">Seconds.</param>
/// <param name="Slow">99th percentile in seconds; NaN if there are too few calls.</param>
internal sealed record PredictionTime(string Name, int Threads, double Median, double Slow);

/// <summary>The measurement of one way to predict.</summary>
/// <param name="What">What is predicted, with which network.</param>
/// <param name="Examples">Examples per call.</param>
/// <param name="Goal">Target ratio to the best peer.</param>
/// <param name="Times">Times of all contenders.</param>
internal sealed record PredictionResult(string What, int Examples, double Goal, IReadOnlyList<PredictionTime> Times)
{
    /// <summary>Nabla at its faster number of threads.</summary>
    public PredictionTime Ours => Times.Where(time => time.Name == NablaTrainer.Title).MinBy(time => time.Median)!;

    /// <summary>The fastest of the others.</summary>
    public PredictionTime Best => Times.Where(time => time.Name != NablaTrainer.Title).MinBy(time => time.Median)!;

    /// <summary>Time of the fastest other contender over Nabla's.</summary>
    public double Ratio => Best.Median / Ours.Median;

    /// <summary>Formats a time: microseconds for one example, otherwise examples per second.</summary>
    public string Text(double seconds) => double.IsNaN(seconds) ? ""
        : Examples == 1 ? FormattableString.Invariant($"{seconds * 1e6:0.00} us")
        : FormattableString.Invariant($"{Examples / seconds / 1000:0} thousand/s");
}
