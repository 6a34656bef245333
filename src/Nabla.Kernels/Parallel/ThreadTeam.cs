using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Nabla.Kernels;

/// <summary>A fixed number of threads that do the parts of one job together. Results never depend on the number.</summary>
/// <remarks>The caller is one of them. The others wait for the next job, first spinning, then asleep; they end with the process.</remarks>
public sealed unsafe class ThreadTeam
{
    /// <summary>More threads than this are refused: a typing error, not a machine.</summary>
    public const int MaximumThreads = 1024;

    private const int SpinsBeforeSleep = 2000;

    private static readonly ConcurrentDictionary<int, ThreadTeam> Teams = new();

    private readonly Lock inUse = new();
    private readonly Worker[] workers;

    // The job at hand: a function, its data on the caller's stack, and into how many parts it is cut.
    private delegate*<void*, int, int, void> function;
    private void* data;
    private int parts;
    private int pending;
    private ExceptionDispatchInfo? failure;

    private ThreadTeam(int threads)
    {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.Length; i++)
            workers[i] = new Worker(this, i + 1);
    }

    /// <summary>Threads in the team, the caller included.</summary>
    public int Threads => workers.Length + 1;

    /// <summary>The team of that many threads; there is one of each size in a process.</summary>
    /// <param name="threads">1 to <see cref="MaximumThreads"/>, or 0 for as many as the machine has processors.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than <see cref="MaximumThreads"/>.</exception>
    public static ThreadTeam Of(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaximumThreads);
        return Teams.GetOrAdd(threads == 0 ? Math.Min(Environment.ProcessorCount, MaximumThreads) : threads, size => new ThreadTeam(size));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Threads} threads";

    /// <summary>Does all parts of a job and returns when the last is done. Allocates nothing.</summary>
    /// <param name="job">The work; lives on the caller's stack, so it holds pointers rather than references.</param>
    /// <param name="parts">Into how many parts to cut it, from 1 to <see cref="Threads"/>.</param>
    internal void Run<TJob>(ref TJob job, int parts)
        where TJob : unmanaged, IParallelJob
    {
        // A team that is busy (with another training in this process) is not waited for: one thread gives the same bits.
        if (parts == 1 || !inUse.TryEnter())
        {
            for (int part = 0; part < parts; part++)
                job.Execute(part, parts);
            return;
        }
        try
        {
            fixed (TJob* start = &job)
                RunTogether(&Invoke<TJob>, start, parts);
        }
        finally
        {
            inUse.Exit();
        }
    }

    private static void Invoke<TJob>(void* job, int part, int parts)
        where TJob : unmanaged, IParallelJob => Unsafe.AsRef<TJob>(job).Execute(part, parts);

    private void RunTogether(delegate*<void*, int, int, void> function, void* data, int parts)
    {
        this.function = function;
        this.data = data;
        this.parts = parts;
        failure = null;
        Volatile.Write(ref pending, parts - 1);
        for (int i = 0; i < parts - 1; i++)
            workers[i].Wake();
        try
        {
            function(data, 0, parts);
        }
        finally
        {
            // Even if this part failed: the others still use the data on this stack.
            var wait = new SpinWait();
            while (Volatile.Read(ref pending) != 0)
                wait.SpinOnce(sleep1Threshold: -1);
        }
        failure?.Throw();
    }

    private void DoPart(int part)
    {
        try
        {
            function(data, part, parts);
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }
        Interlocked.Decrement(ref pending);
    }

    private sealed class Worker
    {
        private readonly ThreadTeam team;
        private readonly int part;
        private readonly object alarm = new();

        // 0: nothing to do; 1: a job waits; -1: asleep, and the alarm must be rung.
        private int state;

        public Worker(ThreadTeam team, int part)
        {
            this.team = team;
            this.part = part;
            new Thread(Loop) { IsBackground = true, Name = $"Nabla {part}" }.Start();
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref state, 1) >= 0)
                return;
            lock (alarm)
                Monitor.Pulse(alarm);
        }

        private void Loop()
        {
            while (true)
            {
                AwaitJob();
                Volatile.Write(ref state, 0);
                team.DoPart(part);
            }
        }

        private void AwaitJob()
        {
            for (int spin = 0; spin < SpinsBeforeSleep; spin++)
            {
                if (Volatile.Read(ref state) == 1)
                    return;
                Thread.SpinWait(20);
            }
            lock (alarm)
            {
                if (Interlocked.CompareExchange(ref state, -1, 0) != 0)
                    return;
                while (Volatile.Read(ref state) != 1)
                    Monitor.Wait(alarm);
            }
        }
    }
}
