using System.Diagnostics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Decides whether all threads make a training step together or one makes it alone, by trying both now and then.</summary>
/// <remarks>
/// A small step is shared in microseconds, which pays only where the processors exchange data quickly and nobody else wants them; on virtual machines both
/// change from one second to the next. The bits are the same either way.
/// </remarks>
internal sealed class ThreadChoice
{
    // The fastest of so many steps counts; with all threads, of all steps in the time that one may take to wake up.
    private const int StepsOfATrial = 4;
    private static readonly long TimeToWakeUp = Stopwatch.Frequency / 1000;

    // Beside such a step, what sharing it costs is little everywhere.
    private static readonly long LongStep = Stopwatch.Frequency / 2000;

    // The first trials meet code that is still being compiled, so that the next follow soon.
    private static readonly long FirstPause = Stopwatch.Frequency / 256;
    private static readonly long LongestPause = Stopwatch.Frequency / 16;

    private readonly ThreadTeam all;
    private readonly ThreadTeam one = ThreadTeam.Of(1);
    private ThreadTeam team;
    private long began;

    // Time of steps until the next trial.
    private long untilTrial;
    private long pause = FirstPause;

    // The trial at hand: first all, then one.
    private int steps;
    private long spent;
    private long fastest = long.MaxValue;
    private long fastestOfAll;

    public ThreadChoice(ThreadTeam all)
    {
        this.all = team = all;
    }

    /// <summary>Begins a step.</summary>
    /// <returns>Who makes it.</returns>
    public ThreadTeam Begin()
    {
        began = Stopwatch.GetTimestamp();
        return team;
    }

    /// <summary>Ends the step.</summary>
    public void End()
    {
        if (all.Threads == 1)
            return;
        long took = Stopwatch.GetTimestamp() - began;
        if (untilTrial > 0)
        {
            untilTrial -= took;
            if (untilTrial <= 0)
                team = all;
            return;
        }
        fastest = Math.Min(fastest, took);
        spent += took;
        if (++steps < StepsOfATrial || (team == all && spent < TimeToWakeUp))
            return;
        if (team == all && fastest < LongStep)
        {
            (team, fastestOfAll) = (one, fastest);
        }
        else
        {
            team = team == one && fastest < fastestOfAll ? one : all;
            untilTrial = pause;
            pause = Math.Min(2 * pause, LongestPause);
        }
        (steps, spent, fastest) = (0, 0, long.MaxValue);
    }
}
