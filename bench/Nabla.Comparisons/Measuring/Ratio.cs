using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>How many times as fast Nabla is as a contender: below 1, Nabla is slower.</summary>
/// <param name="Median">The median over the rounds.</param>
/// <param name="Least">The least of a round; NaN if there is no range.</param>
/// <param name="Most">The greatest of a round.</param>
internal sealed record Ratio(double Median, double Least = double.NaN, double Most = double.NaN)
{
    /// <summary>The ratio to another contender, round by round: both are measured within the same seconds, and machines drift.</summary>
    public static Ratio Of(ContenderTimes ours, ContenderTimes theirs)
    {
        if (ours.Seconds.Count != theirs.Seconds.Count)
            return new(theirs.Median / ours.Median);
        double[] ratios = [.. theirs.Seconds.Zip(ours.Seconds, (their, our) => their / our)];
        return new(Statistics.Median(ratios), ratios.Min(), ratios.Max());
    }

    /// <summary>The range, if there is one.</summary>
    public string Range => double.IsNaN(Least) ? "" : string.Create(CultureInfo.InvariantCulture, $"{Least:0.00} to {Most:0.00}");

    /// <summary>The median, followed by "loss" if it is below 1.</summary>
    public override string ToString() => Median.ToString("0.00", CultureInfo.InvariantCulture) + (Median < 1 ? " loss" : "");

    /// <summary>The same, followed by "below goal" if it misses the goal; a limit of the machine is no peer to lose to.</summary>
    public string Text(double goal, bool isLimit) =>
        Median < 1 && !isLimit ? ToString() : Median.ToString("0.00", CultureInfo.InvariantCulture) + (Median < goal ? " below goal" : "");

    /// <summary>The same for a limit that Nabla sets itself, without a peer.</summary>
    public static string ToLimit(double limit, double measured) => new Ratio(limit / measured).Text(1, isLimit: true);
}
