using System.Runtime.ExceptionServices;

namespace Nabla;

/// <summary>Trains the members of an ensemble, one after another or several at once, and reports them in order.</summary>
/// <param name="train">Trains one member.</param>
/// <param name="members">The numbers of the members to train, in ascending order.</param>
/// <param name="done">[members of the ensemble], receives the result of each.</param>
/// <param name="threadsOfMember">Threads for each member.</param>
/// <param name="onMember">Called for each member, in order.</param>
/// <param name="progress">Called after each batch.</param>
/// <param name="stop">Cancelled if a member fails.</param>
internal sealed class EnsembleRun(
    EnsembleRun.MemberTraining train, int[] members, MemberReport?[] done, int threadsOfMember, Action<MemberReport>? onMember,
    IProgress<MemberProgress>? progress, CancellationTokenSource stop)
{
    private readonly Lock callbacks = new();
    private int taken;    // of the members, counted by all workers
    private int reported; // of the members, in order

    /// <summary>Trains one member.</summary>
    public delegate MemberReport MemberTraining(
        int member, int threads, IProgress<BatchProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Trains all members.</summary>
    /// <param name="workers">Members to train at the same time.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public void Train(int workers)
    {
        if (workers == 1)
        {
            Work();
            return;
        }
        Task[] tasks = [.. Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(tasks);
        }
        catch (AggregateException e)
        {
            // The other workers were cancelled because one failed.
            var errors = e.Flatten().InnerExceptions;
            ExceptionDispatchInfo.Throw(errors.FirstOrDefault(error => error is not OperationCanceledException) ?? errors[0]);
        }
    }

    /// <summary>Reports members that were trained while one before them was not.</summary>
    public void ReportRest()
    {
        for (; reported < members.Length; reported++)
        {
            if (done[members[reported]] is { } report)
                onMember?.Invoke(report);
        }
    }

    private void Work()
    {
        try
        {
            while (Interlocked.Increment(ref taken) is var number && number <= members.Length)
            {
                int member = members[number - 1];
                var batches = progress is null ? null : new BatchRelay(member, progress, callbacks);
                var report = train(member, threadsOfMember, batches, stop.Token);
                lock (callbacks)
                    Add(report);
            }
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private void Add(MemberReport report)
    {
        done[report.Member] = report;
        while (reported < members.Length && done[members[reported]] is { } next)
        {
            reported++;
            onMember?.Invoke(next);
        }
    }

    /// <summary>Reports the batches of one member, one at a time among all members.</summary>
    private sealed class BatchRelay(int member, IProgress<MemberProgress> progress, Lock callbacks) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            lock (callbacks)
                progress.Report(new MemberProgress(member, value));
        }
    }
}
