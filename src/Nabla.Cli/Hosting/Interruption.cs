namespace Nabla.Cli;

/// <summary>Ctrl-C and other signals: the first signal asks a command to end cleanly, a later one ends the process immediately.</summary>
/// <remarks>
/// A command that must not be ended abruptly calls <see cref="IgnoreLaterSignals"/>, and must then end soon after the first signal. Some
/// programs send several signals: GNU timeout sends SIGTERM twice within microseconds.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    // Enough for a download to store its progress and to remove its progress bar.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private int signals;
    private volatile bool laterSignalsAreIgnored;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Makes signals after the first one have no effect.</summary>
    public void IgnoreLaterSignals() => laterSignalsAreIgnored = true;

    /// <summary>Handles a signal.</summary>
    /// <returns>False if the signal should end the process, as usual.</returns>
    public bool Signal()
    {
        bool isFirst = Interlocked.Increment(ref signals) == 1;
        if (isFirst)
            source.Cancel();
        return isFirst || laterSignalsAreIgnored;
    }

    /// <summary>Runs work that does not check for signals. The first signal ends the wait for it.</summary>
    /// <param name="work">Runs on another thread, and may continue after the wait. It must not change anything outside the process.</param>
    /// <exception cref="OperationCanceledException">A signal arrived before the work was done.</exception>
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
