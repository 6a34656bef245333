namespace Nabla.Studio;

/// <summary>Trains one network at a time, and remembers the last runs. Thread-safe.</summary>
internal sealed class Workshop(Hub hub) : IDisposable
{
    private const int Remembered = 6;
    private static readonly TimeSpan PictureInterval = TimeSpan.FromMilliseconds(40);

    private readonly Lock gate = new();
    private readonly List<RunView> past = [];
    private readonly CancellationTokenSource ending = new();
    private TrainingRun? current;
    private Thread? thread;
    private int runs;
    private volatile PictureMessage? picture;

    /// <summary>The current run, or the last one; null before the first.</summary>
    public TrainingRun? Current
    {
        get
        {
            lock (gate)
                return current;
        }
    }

    /// <summary>The newest picture; null if there is none.</summary>
    public PictureMessage? Picture => picture;

    /// <summary>Starts a run.</summary>
    /// <returns>Its number; null while another run goes on.</returns>
    public int? TryStart(RunPlan plan)
    {
        lock (gate)
        {
            if (thread is { IsAlive: true } || ending.IsCancellationRequested)
                return null;
            if (current is { Plan.IsKept: true } before)
                past.Add(before.View);
            if (past.Count > Remembered)
                past.RemoveAt(0);
            var run = new TrainingRun(plan, new RunView(++runs, plan.Title), hub);
            current?.Dispose();
            current = run;
            picture = null;
            thread = new Thread(run.Run) { IsBackground = true, Name = "training" };
            thread.Start();
            return runs;
        }
    }

    /// <summary>Steers the current run.</summary>
    /// <returns>False if there is none that goes on.</returns>
    public bool Steer(Action<RunControl> command)
    {
        lock (gate)
        {
            if (thread is not { IsAlive: true })
                return false;
            command(current!.Control);
            return true;
        }
    }

    /// <summary>Forgets the current run, so that the page begins anew.</summary>
    /// <returns>False while it goes on.</returns>
    public bool Reset()
    {
        lock (gate)
        {
            if (thread is { IsAlive: true })
                return false;
            if (current is { Plan.IsKept: true } before)
                past.Add(before.View);
            current?.Dispose();
            (current, picture) = (null, null);
        }
        hub.Notify();
        return true;
    }

    /// <summary>Earlier runs, the oldest first.</summary>
    public IReadOnlyList<PastRunMessage> Past()
    {
        lock (gate)
            return [.. past.Select(view => view.ReadAll())];
    }

    /// <summary>Forgets earlier runs.</summary>
    public void Forget()
    {
        lock (gate)
            past.Clear();
    }

    /// <summary>Draws the network in training, again and again, while somebody looks.</summary>
    public async Task DrawAsync()
    {
        using var timer = new PeriodicTimer(PictureInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token))
            {
                if (hub.Count == 0 || Current is not { } run || run.TryDraw() is not { } drawn)
                    continue;
                picture = drawn;
                hub.Notify();
            }
        }
        catch (OperationCanceledException)
        {
            // The studio ends.
        }
    }

    /// <summary>Ends the current run.</summary>
    public void Dispose()
    {
        ending.Cancel();
        Thread? last;
        lock (gate)
            last = thread;
        if (last is { IsAlive: true })
        {
            current!.Control.Command("stop");
            last.Join(TimeSpan.FromSeconds(5));
        }
    }
}
