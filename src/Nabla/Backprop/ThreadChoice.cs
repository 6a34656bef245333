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
    // The fastest of so many steps counts, so that threads may wake up first.
    private const int StepsOfATrial = 8;

    // Beside such a step, what sharing it costs is little everywhere.
    private static readonly long LongStep = Stopwatch.Frequency / 500;

    private static readonly long BetweenTrials = Stopwatch.Frequency / 4;

    private readonly ThreadTeam all;
    private readonly ThreadTeam one = ThreadTeam.Of(1);
    private ThreadTeam team;

    // The trial at hand: first all, then one.
    private int steps;
    private long fastest = long.MaxValue;
    private long fastestOfAll;

    private long began;
    private long nextTrial;

    public ThreadChoice(ThreadTeam all)
    {
        this.all = team = all;
        nextTrial = all.Threads == 1 ? long.MaxValue : 0;
    }

    /// <summary>Begins a step.</summary>
    /// <returns>Who makes it.</returns>
    public ThreadTeam Begin()
    {
        began = Stopwatch.GetTimestamp();
        if (steps == 0 && began >= nextTrial)
            team = all;
        return team;
    }

    /// <summary>Ends the step.</summary>
    public void End()
    {
        if (began < nextTrial)
            return;
        long now = Stopwatch.GetTimestamp();
        fastest = Math.Min(fastest, now - began);
        if (++steps % StepsOfATrial != 0)
            return;
        if (team == all && fastest < LongStep)
        {
            (team, fastestOfAll) = (one, fastest);
        }
        else
        {
            team = team == one && fastest < fastestOfAll ? one : all;
            nextTrial = now + BetweenTrials;
            steps = 0;
        }
        fastest = long.MaxValue;
    }
}
