using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Measures several contenders in turn, so that other load on the machine affects all of them alike.</summary>
internal static class Alternating
{
    private const double HopelessRatio = 8;

    /// <summary>Runs each contender once per round.</summary>
    /// <param name="contenders">What to run; each call is one measurement.</param>
    /// <param name="rounds">Measurements of each contender, after one warm-up run that is not recorded.</param>
    /// <param name="pause">Wait before each run, so that the spinning threads of the previous contender have gone to sleep.</param>
    /// <returns>Seconds of each round, per contender. A contender that is hopelessly slow in the first round has no others.</returns>
    public static double[][] Run(IReadOnlyList<Action> contenders, int rounds, TimeSpan pause)
    {
        foreach (var contender in contenders)
            Time(contender, pause);
        var seconds = contenders.Select(_ => new List<double>()).ToList();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                // Spinning threads can take a hundred times as long when other programs occupy the cores: once is enough.
                if (round == 0 || seconds[i][0] < HopelessRatio * seconds.Min(times => times[0]))
                    seconds[i].Add(Time(contenders[i], pause));
            }
        }
        return [.. seconds.Select(times => times.ToArray())];
    }

    private static double Time(Action contender, TimeSpan pause)
    {
        Thread.Sleep(pause);
        var clock = Stopwatch.StartNew();
        contender();
        return clock.Elapsed.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
