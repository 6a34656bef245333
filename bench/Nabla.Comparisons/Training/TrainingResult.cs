namespace Nabla.Comparisons;

/// <summary>One contender's median time for an epoch.</summary>
internal sealed record TrainingTime(string Name, int Threads, double Seconds);

/// <summary>What the measurement of one workload gave.</summary>
/// <param name="Workload">What was trained.</param>
/// <param name="Note">What the figures are extrapolated from, or nothing.</param>
/// <param name="Times">Of each contender, at each number of threads.</param>
internal sealed record TrainingResult(Workload Workload, string Note, IReadOnlyList<TrainingTime> Times)
{
    /// <summary>Nabla at its faster number of threads.</summary>
    public TrainingTime Ours => Times.Where(time => time.Name == NablaTrainer.Title).MinBy(time => time.Seconds)!;

    /// <summary>The fastest of the others.</summary>
    public TrainingTime Best => Times.Where(time => time.Name != NablaTrainer.Title).MinBy(time => time.Seconds)!;

    /// <summary>How many times as fast as the fastest of the others Nabla is.</summary>
    public double Ratio => Best.Seconds / Ours.Seconds;

    /// <summary>How many times as fast Nabla is with the most threads as with one.</summary>
    public double Scaling
    {
        get
        {
            var nabla = Times.Where(time => time.Name == NablaTrainer.Title).OrderBy(time => time.Threads).ToList();
            return nabla[0].Seconds / nabla[^1].Seconds;
        }
    }
}
