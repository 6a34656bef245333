namespace Nabla.Cli;

/// <summary>Ctrl-C and other signals: the first signal asks a command to end cleanly, a later one ends the process immediately.</summary>
/// <remarks>
/// Some programs send several signals: GNU timeout sends SIGTERM twice within microseconds. Signals within <see cref="Repetition"/> are one
/// request. A command that must never be ended abruptly calls <see cref="IgnoreLaterSignals"/>, and must then end soon after the first.
/// </remarks>
/// <param name="clock">Measures the time between signals.</param>
internal sealed class Interruption(TimeProvider clock) : IDisposable
{
    /// <summary>Signals within this time after the first one have no effect.</summary>
    public static readonly TimeSpan Repetition = TimeSpan.FromSeconds(2);

    // Enough for a download to store its progress and to remove its progress bar.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private long first; // when the first signal came, or 0
    private volatile bool laterSignalsAreIgnored;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public Interruption()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Makes signals after the first one have no effect.</summary>
    public void IgnoreLaterSignals() => laterSignalsAreIgnored = true;

    /// <summary>Handles a signal.</summary>
    /// <returns>False if the signal should end the process, as usual.</returns>
    public bool Signal()
    {
        long earlier = Interlocked.CompareExchange(ref first, clock.GetTimestamp(), 0);
        if (earlier != 0)
            return laterSignalsAreIgnored || clock.GetElapsedTime(earlier) < Repetition;
        source.Cancel();
        return true;
    }

    /// <summary>Runs work that does not check for signals. The first signal ends the wait for it.</summary>
    /// <param name="work">Runs on another thread, and may continue after the wait. It must not change anything outside the process.</param>
    /// <exception cref="OperationCanceledException">A signal arrived before the work was done.</exception>
    public T WaitFor<T>(Func<T> work)
    {
        Token.ThrowIfCancellationRequested();
        // A thread of its own: if the pool cannot start one, it waits for ever.
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
