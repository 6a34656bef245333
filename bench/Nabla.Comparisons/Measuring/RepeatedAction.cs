using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Times an action that may be short: warms it up, and repeats it often enough for the clock.</summary>
internal sealed class RepeatedAction
{
    /// <summary>A warm-up after which a process has loaded its libraries, started its threads and compiled its code.</summary>
    public const double FirstWarmUp = 0.3;

    // Other contenders have had the caches before a measurement. For an action that takes longer, this does not matter.
    private const double Short = 0.1;

    private readonly Action action;
    private readonly bool isShort;
    private readonly int repeats = 1;

    /// <summary>Warms the action up.</summary>
    /// <param name="action">What to time.</param>
    /// <param name="warmUp">Seconds of the warm-up.</param>
    /// <param name="length">Seconds of a measurement, about, unless the action takes longer.</param>
    public RepeatedAction(Action action, double warmUp, double length)
    {
        this.action = action;
        double seconds;
        var clock = Stopwatch.StartNew();
        do
            seconds = Time();
        while (clock.Elapsed.TotalSeconds < warmUp);
        isShort = seconds < Short;
        for (; seconds < length / 2; seconds = Time())
            repeats *= 2;
        repeats = (int)Math.Ceiling(repeats * Math.Min(1, length / seconds));
    }

    /// <summary>Makes one measurement; of a short action, after one that is not timed.</summary>
    /// <returns>Seconds of the action.</returns>
    public double Measure()
    {
        if (isShort)
            action();
        return Time() / repeats;
    }

    private double Time()
    {
        var clock = Stopwatch.StartNew();
        for (int repeat = 0; repeat < repeats; repeat++)
            action();
        return clock.Elapsed.TotalSeconds;
    }
}
