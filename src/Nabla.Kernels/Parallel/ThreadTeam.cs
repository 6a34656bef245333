using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Nabla.Kernels;

/// <summary>A fixed number of threads that do the parts of one job together. Results never depend on the number.</summary>
/// <remarks>
/// The caller is one of them. How a job is cut is fixed; who does which part is not: a part that its thread has not begun (the system gave its
/// processor to somebody else) is taken by whoever is free. The caller and every second thread begin with the first parts, the others with the last: so a
/// thread comes to much the same parts in one job after another, and finds in its cache what it left there. Whoever has nothing to do waits for the next
/// job, first spinning, then asleep, and ends with the process.
/// </remarks>
internal sealed unsafe class ThreadTeam
{
    /// <summary>More threads than this are refused: a typing error, not a machine.</summary>
    public const int MaximumThreads = 1024;

    /// <summary>More parts than this do not fit the ticket.</summary>
    internal const int MaximumParts = 0xFFFF;

    // A step of a small network has several jobs of a few microseconds: whoever waits looks again every few dozen nanoseconds.
    private const int SpinsBeforeSleep = 5000;

    private static readonly ConcurrentDictionary<int, ThreadTeam> Teams = new();

    private readonly Lock inUse = new();
    private readonly Worker[] workers;

    // The job at hand: a function, and its data on the caller's stack.
    private delegate*<void*, int, int, void> function;
    private void* data;
    private int parts;
    private ExceptionDispatchInfo? failure;

    // What is to be done, in one word that is exchanged as a whole. Written after the job, so whoever can take a part of it sees its job.
    private long ticket;

    // Parts of the job that are not done.
    private int pending;

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
    /// <param name="job">The work, on the caller's stack: nobody moves it there, and what it refers to stays alive.</param>
    /// <param name="parts">Into how many parts to cut it, from 1 to <see cref="MaximumParts"/>; more than <see cref="Threads"/> even out parts of different length.</param>
    internal void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        // A team that is busy (with another training in this process, or with the job that asks) is not waited for: one thread gives the same bits.
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
        for (int i = 0; i < Math.Min(parts - 1, workers.Length); i++)
            workers[i].WakeIfAsleep();

        while (TryDoPart(fromTheFront: true))
        {
            // Until all parts are taken.
        }
        for (int looks = 0; Volatile.Read(ref pending) != 0; looks++)
            Waiting.Pause(looks);
    }

    /// <summary>Does one part of the job at hand: the first that nobody has taken, or the last.</summary>
    /// <returns>False if all parts are taken.</returns>
    private bool TryDoPart(bool fromTheFront)
    {
        while (true)
        {
            long seen = Volatile.Read(ref ticket);
            if (Ticket.IsUsedUp(seen))
                return false;
            // What is read here belongs to the job seen, or the exchange fails: the job changes only when all its parts are taken and done.
            var (work, operand, count) = ((nint)function, (nint)data, parts);
            int part = fromTheFront ? Ticket.First(seen) : Ticket.End(seen) - 1;
            if (Interlocked.CompareExchange(ref ticket, fromTheFront ? Ticket.WithoutFirst(seen) : Ticket.WithoutLast(seen), seen) == seen)
            {
                DoPart((delegate*<void*, int, int, void>)work, (void*)operand, part, count);
                return true;
            }
        }
    }

    private void DoPart(delegate*<void*, int, int, void> work, void* operand, int part, int parts)
    {
        try
        {
            work(operand, part, parts);
        }
        catch (Exception e)
        {
            // Told to the caller once all parts are done: until then the others use the data on its stack.
            failure = ExceptionDispatchInfo.Capture(e);
        }
        Interlocked.Decrement(ref pending);
    }

    /// <summary>Bits 0 to 15: the first part that nobody has taken. 16 to 31: where such parts end. 32 and up: the number of the job.</summary>
    private static class Ticket
    {
        public static long Of(uint job, int parts) => (long)job << 32 | (long)parts << 16;

        public static uint Job(long ticket) => (uint)(ticket >> 32);

        public static int First(long ticket) => (int)ticket & 0xFFFF;

        public static int End(long ticket) => (int)(ticket >> 16) & 0xFFFF;

        public static bool IsUsedUp(long ticket) => First(ticket) >= End(ticket);

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
            new Thread(Loop) { IsBackground = true, Name = $"Nabla {number}" }.Start();
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
                    if (team.TryDoPart(fromTheFront))
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
                // The caller publishes a job, then looks who sleeps; this thread says that it sleeps, then looks for a job. One of them sees the other.
                Interlocked.MemoryBarrier();
                if (Ticket.IsUsedUp(Volatile.Read(ref team.ticket)))
                    Monitor.Wait(alarm);
                Volatile.Write(ref asleep, false);
            }
        }
    }
}
