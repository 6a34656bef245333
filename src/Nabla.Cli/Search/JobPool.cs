namespace Nabla.Cli;

/// <summary>The jobs that this process does at the same time.</summary>
/// <param name="run">Does a job, on any thread.</param>
/// <param name="size">How many at the same time.</param>
internal sealed class JobPool(Func<SearchJob, CancellationToken, JobResult> run, int size) : IDisposable
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent changed = new(false);
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> finished = [];
    private int running;
    private Exception? failure;

    /// <summary>How many more jobs can begin.</summary>
    public int Idle
    {
        get
        {
            lock (gate)
                return size - running;
        }
    }

    /// <summary>Begins a job.</summary>
    public void Start(SearchJob job)
    {
        lock (gate)
        {
            Task.Factory.StartNew(() => Do(job), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            running++; // not if there is no thread for it
        }
    }

    /// <summary>Waits until a job has finished, or some time.</summary>
    public void Wait(TimeSpan time) => changed.WaitOne(time);

    /// <summary>The results since the last call, as lines of JSON.</summary>
    /// <exception cref="Exception">A job has failed in a way that is no result of its trial.</exception>
    public IReadOnlyList<string> Take()
    {
        lock (gate)
        {
            if (failure is not null)
                throw new AggregateException(failure);
            string[] lines = [.. finished];
            finished.Clear();
            return lines;
        }
    }

    /// <summary>Ends all jobs, and waits until they have ended.</summary>
    public void Dispose()
    {
        stop.Cancel();
        while (Idle < size)
            Wait(TimeSpan.FromSeconds(1));
        stop.Dispose();
        changed.Dispose();
    }

    private void Do(SearchJob job)
    {
        string? line = null;
        Exception? error = null;
        try
        {
            line = run(job, stop.Token).ToJson();
        }
        catch (Exception e) // of any kind: the thread that waits for results throws it
        {
            error = e;
        }
        lock (gate)
        {
            running--;
            if (line is not null)
                finished.Add(line);
            failure ??= error;
            changed.Set();
        }
    }
}
