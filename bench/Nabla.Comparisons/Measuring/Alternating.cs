using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Measures several contenders in turn, so that what the machine does besides hits all of them alike.</summary>
internal static class Alternating
{
    private const double Hopeless = 8;

    /// <summary>Lets each run once in every round.</summary>
    /// <param name="contenders">What to run; each is one measurement long.</param>
    /// <param name="rounds">Times that each is run, after one that does not count.</param>
    /// <param name="pause">Between two runs, so that the threads of the one have gone to sleep when the other begins.</param>
    /// <returns>Seconds of each round, for each contender; of the first alone for one that was hopelessly behind in it.</returns>
    public static double[][] Run(IReadOnlyList<Action> contenders, int rounds, TimeSpan pause)
    {
        foreach (var contender in contenders)
            Time(contender, pause);
        var seconds = contenders.Select(_ => new List<double>()).ToList();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                // Spinning threads that other programs keep from running can take a hundred times as long: no need to see that again.
                if (round == 0 || seconds[i][0] < Hopeless * seconds.Min(times => times[0]))
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
