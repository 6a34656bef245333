using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Measures several contenders in turn, so that what the machine does besides hits all of them alike.</summary>
internal static class Alternating
{
    /// <summary>Lets each run once in every round.</summary>
    /// <param name="contenders">What to run; each is one measurement long.</param>
    /// <param name="rounds">Times that each is run, after one that does not count.</param>
    /// <param name="pause">Between two runs, so that the threads of the one have gone to sleep when the other begins.</param>
    /// <returns>Seconds of each round, for each contender.</returns>
    public static double[][] Run(IReadOnlyList<Action> contenders, int rounds, TimeSpan pause)
    {
        var seconds = contenders.Select(_ => new double[rounds]).ToArray();
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                Thread.Sleep(pause);
                var clock = Stopwatch.StartNew();
                contenders[i]();
                if (round >= 0)
                    seconds[i][round] = clock.Elapsed.TotalSeconds;
            }
        }
        return seconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
