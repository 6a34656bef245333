using Nabla.Kernels;

namespace Nabla;

/// <summary>Decides whether all threads make a training step together or one makes it alone, by trying both now and then.</summary>
/// <remarks>
/// A small step is shared in microseconds, which pays only where the processors exchange data quickly and are not busy otherwise; on
/// virtual machines both change from one second to the next. The bits are the same either way.
/// </remarks>
internal sealed class ThreadChoice
{
    // The fastest of so many steps counts; with all threads, of all steps in the time that one may take to wake up.
    private const int StepsOfATrial = 4;
    private readonly long timeToWakeUp;

    // Beside such a step, what sharing it costs is little everywhere.
    private readonly long longStep;

    // A trial that decides otherwise than the one before may be wrong, as the first may, which meets code that is still being compiled:
    // the next follows soon. Each trial that confirms the one before doubles the pause.
    private readonly long shortestPause;
    private readonly long longestPause;
    private long pause;

    private readonly TimeProvider clock;
    private readonly ThreadTeam all;
    private readonly ThreadTeam one = ThreadTeam.Of(1);
    private ThreadTeam team;
    private ThreadTeam? chosen; // by the last trial
    private long began;

    // Time of steps until the next trial.
    private long untilTrial;

    // The trial at hand: first all, then one.
    private int steps;
    private long spent;
    private long fastest = long.MaxValue;
    private long fastestOfAll;

    /// <param name="all">The threads.</param>
    /// <param name="clock">Tells how long steps take.</param>
    public ThreadChoice(ThreadTeam all, TimeProvider clock)
    {
        this.clock = clock;
        this.all = team = all;
        timeToWakeUp = clock.TimestampFrequency / 1000;
        longStep = clock.TimestampFrequency / 2000;
        shortestPause = clock.TimestampFrequency / 256;
        longestPause = clock.TimestampFrequency / 16;
    }

    /// <summary>Begins a step.</summary>
    /// <returns>Who makes it.</returns>
    public ThreadTeam Begin()
    {
        began = clock.GetTimestamp();
        return team;
    }

    /// <summary>Ends the step.</summary>
    public void End()
    {
        if (all.Threads == 1)
            return;
        long took = clock.GetTimestamp() - began;
        if (untilTrial > 0)
        {
            untilTrial -= took;
            if (untilTrial <= 0)
                team = all;
            return;
        }
        fastest = Math.Min(fastest, took);
        spent += took;
        if (++steps < StepsOfATrial || (team == all && spent < timeToWakeUp))
            return;
        if (team == all && fastest < longStep)
        {
            (team, fastestOfAll) = (one, fastest);
        }
        else
        {
            team = team == one && fastest < fastestOfAll ? one : all;
            pause = team == chosen ? Math.Min(2 * pause, longestPause) : shortestPause;
            (chosen, untilTrial) = (team, pause);
        }
        (steps, spent, fastest) = (0, 0, long.MaxValue);
    }
}
