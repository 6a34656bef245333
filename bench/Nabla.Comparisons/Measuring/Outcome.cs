namespace Nabla.Comparisons;

/// <summary>The times of one contender.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Seconds">One for each round.</param>
internal sealed record ContenderTimes(Contender Contender, IReadOnlyList<double> Seconds)
{
    public double Median => Statistics.Median(Seconds);

    public double Least => Seconds.Min();

    public double Most => Seconds.Max();
}

/// <summary>What the contenders of one task took.</summary>
/// <param name="Times">The times of each.</param>
/// <param name="Rounds">How often they were to be measured.</param>
internal sealed record Outcome(IReadOnlyList<ContenderTimes> Times, int Rounds)
{
    /// <summary>Nabla with its faster number of threads.</summary>
    public ContenderTimes Ours => Times.Where(times => times.Contender.IsNabla).MinBy(times => times.Median)!;

    /// <summary>Nabla with a number of threads.</summary>
    public ContenderTimes OursWith(int threads) =>
        Times.First(times => times.Contender.IsNabla && times.Contender.Threads == threads);

    /// <summary>The peer to which Nabla's ratio is least; null if there is none.</summary>
    /// <param name="ours">Nabla's times.</param>
    /// <param name="condition">Which peers count; all by default.</param>
    public ContenderTimes? BestPeer(ContenderTimes ours, Func<Contender, bool>? condition = null) => Times
        .Where(times => !times.Contender.IsNabla && (condition is null || condition(times.Contender)))
        .MinBy(times => Ratio.Of(ours, times).Median);

    /// <summary>All times multiplied by a factor.</summary>
    public Outcome Scaled(double factor) => this with
    {
        Times = [.. Times.Select(times => times with { Seconds = [.. times.Seconds.Select(seconds => seconds * factor)] })],
    };
}
