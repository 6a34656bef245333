namespace Nabla.Comparisons;

/// <summary>One contender's times for an epoch.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Threads">Its number of threads.</param>
/// <param name="Seconds">The median.</param>
/// <param name="Range">The shortest and the longest.</param>
internal sealed record TrainingTime(string Name, int Threads, double Seconds, (double Least, double Most) Range)
{
    /// <summary>The median and the range of some measurements.</summary>
    public static TrainingTime Of(string name, int threads, double[] seconds, double scale) =>
        new(name, threads, Alternating.Median(seconds) * scale, (seconds.Min() * scale, seconds.Max() * scale));
}

/// <summary>The measurement of one workload.</summary>
/// <param name="Workload">What was trained.</param>
/// <param name="Note">What the figures are extrapolated from, or an empty string.</param>
/// <param name="Times">Times of each contender at each number of threads.</param>
internal sealed record TrainingResult(Workload Workload, string Note, IReadOnlyList<TrainingTime> Times)
{
    /// <summary>Nabla at its faster number of threads.</summary>
    public TrainingTime Ours => Times.Where(time => time.Name == NablaTrainer.Title).MinBy(time => time.Seconds)!;

    /// <summary>The fastest of the others.</summary>
    public TrainingTime Best => Times.Where(time => time.Name != NablaTrainer.Title).MinBy(time => time.Seconds)!;

    /// <summary>Time of the fastest other contender over Nabla's.</summary>
    public double Ratio => Best.Seconds / Ours.Seconds;

    /// <summary>Nabla's time with one thread over its time with the most threads.</summary>
    public double Scaling
    {
        get
        {
            var nabla = Times.Where(time => time.Name == NablaTrainer.Title).OrderBy(time => time.Threads).ToList();
            return nabla[0].Seconds / nabla[^1].Seconds;
        }
    }
}
