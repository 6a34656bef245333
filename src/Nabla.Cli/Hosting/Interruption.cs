namespace Nabla.Cli;

/// <summary>Ctrl-C and other signals: the first one asks a command to end well, a later one ends the process at once.</summary>
/// <remarks>
/// A command that has something to lose calls <see cref="IgnoreLaterSignals"/> and then has to end soon after the first signal by itself:
/// GNU timeout, for one, sends SIGTERM twice within microseconds.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    // Enough for a download to note how far it came, and to take its progress bar off the screen.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private int signals;
    private volatile bool laterSignalsAreIgnored;

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>From now on, no signal after the first one ends the process.</summary>
    public void IgnoreLaterSignals() => laterSignalsAreIgnored = true;

    /// <summary>A signal has arrived.</summary>
    /// <returns>False if it should take its usual course and end the process.</returns>
    public bool Signal()
    {
        bool isFirst = Interlocked.Increment(ref signals) == 1;
        if (isFirst)
            source.Cancel();
        return isFirst || laterSignalsAreIgnored;
    }

    /// <summary>Runs work that does not look for signals itself; the first signal ends the wait for it.</summary>
    /// <param name="work">Runs on another thread, perhaps beyond the end of the wait. It must change nothing outside the process.</param>
    /// <exception cref="OperationCanceledException">A signal arrived first.</exception>
    public T WaitFor<T>(Func<T> work)
    {
        Token.ThrowIfCancellationRequested();
        var task = Task.Run(work);
        try
        {
            Task.WaitAny([task], Token);
        }
        catch (OperationCanceledException)
        {
            Task.WaitAny([task], Grace);
            throw;
        }
        return task.GetAwaiter().GetResult();
    }

    public void Dispose() => source.Dispose();
}
