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
internal sealed record Outcome(IReadOnlyList<ContenderTimes> Times)
{
    /// <summary>Nabla with its faster number of threads.</summary>
    public ContenderTimes Ours => Fastest(contender => contender.IsNabla)!;

    /// <summary>The fastest of the others; null if there is none.</summary>
    public ContenderTimes? BestPeer => Fastest(contender => !contender.IsNabla);

    /// <summary>The fastest contender that fulfils a condition; null if there is none.</summary>
    public ContenderTimes? Fastest(Func<Contender, bool> condition) =>
        Times.Where(times => condition(times.Contender)).MinBy(times => times.Median);

    /// <summary>Nabla with a number of threads.</summary>
    public ContenderTimes OursWith(int threads) => Fastest(contender => contender.IsNabla && contender.Threads == threads)!;

    /// <summary>All times multiplied by a factor.</summary>
    public Outcome Scaled(double factor) =>
        new([.. Times.Select(times => times with { Seconds = [.. times.Seconds.Select(seconds => seconds * factor)] })]);
}
