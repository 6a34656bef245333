using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Times each of many short calls individually.</summary>
/// <param name="call">The call. Its argument counts from 0 to <paramref name="variety"/> - 1, again and again.</param>
/// <param name="calls">Calls per run.</param>
/// <param name="variety">Number of different arguments.</param>
internal sealed class Latency(Action<int> call, int calls, int variety)
{
    private readonly List<double> seconds = [];
    private bool isWarm;

    /// <summary>Makes the calls of one run. The first run is a warm-up and is not recorded.</summary>
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

    /// <summary>The time below which this share of the recorded calls stayed, in seconds.</summary>
    public double Quantile(double share)
    {
        double[] sorted = [.. seconds.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
