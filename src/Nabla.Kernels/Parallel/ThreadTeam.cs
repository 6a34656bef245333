using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Nabla.Kernels;

/// <summary>A thread team: a fixed number of threads that share the parts of one job. Results never depend on that number.</summary>
/// <remarks>
/// The caller is one of the threads. The parts of a job are fixed; the thread that runs a part is not: each thread claims the next
/// unclaimed part, so a thread that the system has suspended delays only the part it has claimed. The caller and every second thread
/// claim parts from the front, the others from the back, so that a thread runs much the same parts in consecutive jobs and finds their
/// data in its cache. Idle threads spin, then sleep; they are background threads and end with the process. Safe for use by several
/// threads: a team runs one job at a time, and a job that finds the team busy runs on its caller's thread alone.
/// </remarks>
internal sealed unsafe class ThreadTeam
{
    /// <summary>More threads than this are refused as a mistake.</summary>
    public const int MaximumThreads = 1024;

    /// <summary>The most parts of a job: a ticket has 16 bits for them.</summary>
    internal const int MaximumParts = 0xFFFF;

    // A training step of a small network has several jobs of a few microseconds: waiting threads check every few dozen nanoseconds.
    private const int SpinsBeforeSleep = 5000;

    private static readonly ConcurrentDictionary<int, ThreadTeam> Teams = new();

    private readonly Lock inUse = new();
    private readonly Worker[] workers;

    // The current job: a function, and its data on the caller's stack.
    private delegate*<void*, int, int, void> function;
    private void* data;
    private int parts;
    private ExceptionDispatchInfo? failure;

    // The unclaimed parts, in one word that is exchanged atomically. Written after the job, so a thread that claims a part sees its job.
    private long ticket;

    // Unfinished parts of the job.
    private int pending;

    private ThreadTeam(int threads)
    {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.Length; i++)
            workers[i] = new Worker(this, i + 1);
    }

    /// <summary>Threads in the team, the caller included.</summary>
    public int Threads => workers.Length + 1;

    /// <summary>The most threads of a team. More threads than processors would only take turns; tests raise it nevertheless.</summary>
    internal static int MostUsefulThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>Gets the team of a size, or a smaller one if there are fewer processors; a process has one team of each size.</summary>
    /// <param name="threads">1 to <see cref="MaximumThreads"/>, or 0 for <see cref="MachineReport.Threads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than <see cref="MaximumThreads"/>.</exception>
    /// <exception cref="InsufficientMemoryException">The system permits no further thread.</exception>
    public static ThreadTeam Of(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaximumThreads);
        int useful = threads == 0 ? Math.Min(DefaultThreads.OfThisMachine, MaximumThreads) : Math.Min(threads, MostUsefulThreads);
        return Teams.GetOrAdd(useful, size => new ThreadTeam(size));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Threads} threads";

    /// <summary>Runs all parts of a job and returns when the last is finished. Allocates nothing.</summary>
    /// <param name="job">The work, on the caller's stack, where it is not moved and keeps alive what it refers to.</param>
    /// <param name="parts">
    /// The number of parts, from 1 to <see cref="MaximumParts"/>. More parts than <see cref="Threads"/> balance parts of different cost.
    /// </param>
    internal void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, MaximumParts);
        // A busy team (with another training run, or with the job that makes this call) is not waited for: one thread gives the same bits.
        if (parts == 1 || inUse.IsHeldByCurrentThread || !inUse.TryEnter())
        {
            for (int part = 0; part < parts; part++)
                job.Execute(part, parts);
            return;
        }
        ExceptionDispatchInfo? failed;
        try
        {
            RunTogether(&Invoke<TJob>, Unsafe.AsPointer(ref job), parts);
            failed = failure;
        }
        finally
        {
            inUse.Exit();
        }
        failed?.Throw();
    }

    private static void Invoke<TJob>(void* job, int part, int parts)
        where TJob : struct, IParallelJob => Unsafe.AsRef<TJob>(job).Execute(part, parts);

    private void RunTogether(delegate*<void*, int, int, void> function, void* data, int parts)
    {
        this.function = function;
        this.data = data;
        this.parts = parts;
        failure = null;
        Volatile.Write(ref pending, parts);
        Interlocked.Exchange(ref ticket, Ticket.Of(Ticket.Job(ticket) + 1, parts));
        try
        {
            for (int i = 0; i < Math.Min(parts - 1, workers.Length); i++)
                workers[i].WakeIfAsleep();
        }
        finally
        {
            // Also if waking is interrupted (Thread.Interrupt): the data on the caller's stack must outlive the parts that use them.
            while (TryRunPart(fromTheFront: true))
            {
                // Until all parts are claimed.
            }
            for (int checks = 0; Volatile.Read(ref pending) != 0; checks++)
                Waiting.Pause(checks);
        }
    }

    /// <summary>Claims and runs one part of the current job: the first or the last unclaimed one.</summary>
    /// <returns>False if all parts are claimed.</returns>
    private bool TryRunPart(bool fromTheFront)
    {
        while (true)
        {
            long seen = Volatile.Read(ref ticket);
            if (Ticket.IsExhausted(seen))
                return false;
            // These values belong to the job of the ticket, or the exchange fails: the job changes only when all its parts are finished.
            var (work, operand, count) = ((nint)function, (nint)data, parts);
            int part = fromTheFront ? Ticket.First(seen) : Ticket.End(seen) - 1;
            if (Interlocked.CompareExchange(ref ticket, fromTheFront ? Ticket.WithoutFirst(seen) : Ticket.WithoutLast(seen), seen) == seen)
            {
                RunPart((delegate*<void*, int, int, void>)work, (void*)operand, part, count);
                return true;
            }
        }
    }

    private void RunPart(delegate*<void*, int, int, void> work, void* operand, int part, int parts)
    {
        try
        {
            work(operand, part, parts);
        }
        catch (Exception e)
        {
            // Rethrown in the caller once all parts are finished: until then other threads use the data on its stack.
            failure = ExceptionDispatchInfo.Capture(e);
        }
        Interlocked.Decrement(ref pending);
    }

    /// <summary>
    /// Bits 0 to 15: the first unclaimed part. 16 to 31: the end of the unclaimed parts. 32 and up: the number of the job.
    /// </summary>
    private static class Ticket
    {
        public static long Of(uint job, int parts) => (long)job << 32 | (long)parts << 16;

        public static uint Job(long ticket) => (uint)(ticket >> 32);

        public static int First(long ticket) => (int)ticket & 0xFFFF;

        public static int End(long ticket) => (int)(ticket >> 16) & 0xFFFF;

        public static bool IsExhausted(long ticket) => First(ticket) >= End(ticket);

        public static long WithoutFirst(long ticket) => ticket + 1;

        public static long WithoutLast(long ticket) => ticket - (1 << 16);
    }

    private sealed class Worker
    {
        private readonly ThreadTeam team;
        private readonly object alarm = new();
        private readonly bool fromTheFront;
        private bool asleep;

        public Worker(ThreadTeam team, int number)
        {
            this.team = team;
            fromTheFront = number % 2 == 0;
            try
            {
                new Thread(Loop) { IsBackground = true, Name = $"Nabla {number}" }.Start();
            }
            catch (OutOfMemoryException e)
            {
                throw new InsufficientMemoryException($"Thread {number + 1} of a team cannot be started.", e);
            }
        }

        public void WakeIfAsleep()
        {
            if (!Volatile.Read(ref asleep))
                return;
            lock (alarm)
                Monitor.Pulse(alarm);
        }

        private void Loop()
        {
            while (true)
            {
                for (int spin = 0; spin < SpinsBeforeSleep; spin++)
                {
                    if (team.TryRunPart(fromTheFront))
                        spin = 0;
                    Thread.SpinWait(1);
                }
                Sleep();
            }
        }

        private void Sleep()
        {
            lock (alarm)
            {
                Volatile.Write(ref asleep, true);
                // The caller publishes a job, then checks who sleeps; this thread sets asleep, then checks for a job. One sees the other.
                Interlocked.MemoryBarrier();
                if (Ticket.IsExhausted(Volatile.Read(ref team.ticket)))
                    Monitor.Wait(alarm);
                Volatile.Write(ref asleep, false);
            }
        }
    }
}
