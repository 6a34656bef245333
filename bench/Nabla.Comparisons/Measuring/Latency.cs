using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Takes the time of each of many short calls by itself.</summary>
/// <param name="call">What is called, with numbers from 0 on that begin again after <paramref name="variety"/>.</param>
/// <param name="calls">How often a run calls it.</param>
/// <param name="variety">How many different calls there are.</param>
internal sealed class Latency(Action<int> call, int calls, int variety)
{
    private readonly List<double> seconds = [];
    private bool isWarm;

    /// <summary>Calls; the first run warms up and is not recorded.</summary>
    public void Run()
    {
        var ticks = new long[calls];
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(i % variety);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
        if (isWarm)
            seconds.AddRange(ticks.Select(count => count / (double)Stopwatch.Frequency));
        isWarm = true;
    }

    /// <summary>The time that this share of the recorded calls stayed below.</summary>
    public double Quantile(double share)
    {
        double[] sorted = [.. seconds.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
