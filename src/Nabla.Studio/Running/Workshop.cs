namespace Nabla.Studio;

/// <summary>Trains one network at a time, and remembers the last runs. Thread-safe.</summary>
/// <param name="hub">Woken when there is something new.</param>
/// <param name="draw">Draws the network of a run; null if nothing has changed since the last picture.</param>
/// <param name="threads">The most threads to use for training; 0 for one per processor.</param>
internal sealed class Workshop(Hub hub, Func<TrainingRun, PictureMessage?> draw, int threads = 0) : IDisposable
{
    private const int Remembered = 6;
    private static readonly TimeSpan PictureInterval = TimeSpan.FromMilliseconds(100);

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
        plan = plan with { Options = plan.Options with { Threads = threads } };
        lock (gate)
        {
            if (current is { HasEnded: false } || ending.IsCancellationRequested)
                return null;
            // First what may throw: a plan that cannot be carried out changes nothing.
            var control = new RunControl(plan.Start, plan.Pace);
            var run = new TrainingRun(plan, control, new RunView(runs + 1, plan, control), hub);
            PutAway();
            current = run;
            runs++;
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
            if (current is not { HasEnded: false } run)
                return false;
            command(run.Control);
        }
        hub.Notify();
        return true;
    }

    /// <summary>Forgets the current run, so that the page begins anew.</summary>
    /// <returns>False while it goes on.</returns>
    public bool Reset()
    {
        lock (gate)
        {
            if (current is { HasEnded: false })
                return false;
            PutAway();
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

    /// <summary>The runs of a lesson that are remembered, the oldest first, with the current one.</summary>
    public IReadOnlyList<RunView> OfLesson(int lesson)
    {
        lock (gate)
        {
            var all = current is null ? past : past.Append(current.View);
            return [.. all.Where(view => view.Plan.Lesson == lesson)];
        }
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
                if (hub.WantsPictures && Current is { } run)
                    Draw(run);
            }
        }
        catch (OperationCanceledException)
        {
            // The studio ends.
        }
    }

    private void Draw(TrainingRun run)
    {
        try
        {
            if (draw(run) is not { } drawn)
                return;
            picture = drawn;
            hub.Notify();
        }
        // A picture that fails must end neither the other pictures nor, with this task, the studio: memory that is exhausted, above all.
        catch (Exception error)
        {
            run.EndPictures(error.Message);
        }
    }

    /// <summary>Ends the current run.</summary>
    public void Dispose()
    {
        ending.Cancel();
        Thread? last;
        lock (gate)
            last = thread;
        Steer(control => control.Command("stop"));
        last?.Join(TimeSpan.FromSeconds(5));
    }

    /// <summary>Makes room for the next run.</summary>
    private void PutAway()
    {
        if (current is { Plan.IsKept: true } before)
            past.Add(before.View);
        if (past.Count > Remembered)
            past.RemoveAt(0);
        current?.Dispose();
        (current, picture) = (null, null);
    }
}
