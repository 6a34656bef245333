namespace Nabla.Mpi;

/// <summary>
/// Finds out that a rank has stopped or ended while this one waits for its message: rank 0 and each other rank send each other a byte
/// twice a second.
/// </summary>
/// <remarks>
/// Silence is counted in looks, and not in time: while this process or its whole machine stands still, no rank is reported as lost. Nor is
/// one that computes for long, because a thread of its own sends.
/// </remarks>
internal sealed class Heartbeat
{
    private const int LooksPerBeat = 2;
    private const int LongestSilence = 10; // looks
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<Pulse> pulses;
    private readonly Action<int, string> onLoss;
    private readonly Thread thread;
    private readonly object gate = new();
    private bool isOver;

    /// <param name="pulses">The connections of this rank.</param>
    /// <param name="onLoss">Called once, on another thread, if a rank is missed, with the reason. All ranks must end then.</param>
    public Heartbeat(IReadOnlyList<Pulse> pulses, Action<int, string> onLoss)
    {
        this.pulses = pulses;
        this.onLoss = onLoss;
        thread = new Thread(Watch) { IsBackground = true, Name = "heartbeat" };
    }

    /// <summary>Begins to send and to watch.</summary>
    public void Start() => thread.Start();

    /// <summary>Ends both. The other ranks do not miss this one.</summary>
    public void Stop()
    {
        lock (gate)
        {
            isOver = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
    }

    private void Watch()
    {
        for (int look = 0; !IsOverAfter(look == 0 ? TimeSpan.Zero : BetweenLooks); look++)
        {
            foreach (var pulse in pulses)
            {
                if (look % LooksPerBeat == 0)
                    pulse.Beat();
                pulse.Listen();
            }
            if (pulses.FirstOrDefault(pulse => pulse.HasEnded || (pulse.Silence >= LongestSilence && !pulse.IsOver)) is { } missed)
            {
                Report(missed);
                return;
            }
        }
        foreach (var pulse in pulses)
            pulse.SayGoodbye();
    }

    private bool IsOverAfter(TimeSpan time)
    {
        lock (gate)
            return isOver || (Monitor.Wait(gate, time) && isOver);
    }

    private void Report(Pulse missed)
    {
        // A rank that ended for a reason of its own ends the others itself, with its own exit code.
        if (missed.HasEnded && IsOverAfter(Grace))
            return;
        double seconds = LongestSilence * BetweenLooks.TotalSeconds;
        onLoss(missed.Rank, missed.HasEnded
            ? "its process has ended"
            : $"it has not answered for {seconds:F1} seconds: its process is stopped, or its machine cannot be reached");
    }
}
