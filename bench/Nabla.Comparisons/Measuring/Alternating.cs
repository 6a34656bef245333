using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Measures several contenders in turn, so that other load on the machine affects all of them alike.</summary>
internal static class Alternating
{
    private const double HopelessRatio = 8;

    /// <summary>Runs each contender once per round.</summary>
    /// <param name="contenders">What to run; each call is one measurement, and returns its seconds.</param>
    /// <param name="rounds">Measurements of each contender, after one warm-up run that is not recorded.</param>
    /// <param name="pause">Wait before each run, so that the spinning threads of the previous contender have gone to sleep.</param>
    /// <returns>Seconds of each round, per contender. A contender that is hopelessly slow in the first round has no others.</returns>
    public static double[][] Run(IReadOnlyList<Func<double>> contenders, int rounds, TimeSpan pause)
    {
        foreach (var contender in contenders)
            After(pause, contender);
        var seconds = contenders.Select(_ => new List<double>()).ToList();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                // Spinning threads can take a hundred times as long when other programs occupy the cores: once is enough.
                if (round == 0 || seconds[i][0] < HopelessRatio * seconds.Min(times => times[0]))
                    seconds[i].Add(After(pause, contenders[i]));
            }
        }
        return [.. seconds.Select(times => times.ToArray())];
    }

    /// <summary>A contender in this process, which is timed here.</summary>
    public static Func<double> Timed(Action contender) => () =>
    {
        var clock = Stopwatch.StartNew();
        contender();
        return clock.Elapsed.TotalSeconds;
    };

    private static double After(TimeSpan pause, Func<double> contender)
    {
        Thread.Sleep(pause);
        return contender();
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
