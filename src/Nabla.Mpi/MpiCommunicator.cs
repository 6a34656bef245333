using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Mpi;

/// <summary>
/// The ranks of MPI: processes that <c>mpirun</c>, <c>mpiexec</c> or <c>srun</c> started together, on one machine or many.
/// </summary>
/// <remarks>
/// The library of MPI is loaded while the program runs: Open MPI 4 or 5, MPICH 4 or one made from it (Intel MPI, MVAPICH), or any library
/// with the standard ABI of MPI 5. The environment variable <c>NABLA_MPI</c> names it; otherwise, it is found by its usual names.
/// A process that ends before <see cref="Close"/> ends all other ranks with its exit code, or with 1 if that is 0. One that is stopped or
/// cannot be reached is missed after 2.5 seconds, and all ranks end: each is connected with rank 0 over TCP, at a port that the system
/// chooses, and sends a heartbeat.
/// Serves one thread at a time, as <see cref="ICommunicator"/> says.
/// </remarks>
public sealed class MpiCommunicator : ICommunicator
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1.5), LastMessages = TimeSpan.FromSeconds(30);

    // MPICH's launcher loses a line that has just been written.
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(200);

    private static int connections;

    private readonly IMpiFunctions mpi;
    private readonly string library;
    private readonly ExclusiveUse use = new("communicator");
    private readonly Func<CommunicationException, int>? onLoss;
    private readonly bool[] isWatched;
    private Heartbeat? heartbeat;
    private volatile bool isClosed, isAborting;

    private MpiCommunicator(MpiLibrary library, int rank, int size, Func<CommunicationException, int>? onLoss)
    {
        mpi = library.Functions;
        this.library = library.ToString();
        Rank = rank;
        Size = size;
        this.onLoss = onLoss;
        isWatched = new bool[size];
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndOthers();
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>
    /// The ranks that rank 0 cannot watch, because there is no connection between them beside that of MPI: if one of them is stopped, the
    /// others wait. Empty as a rule.
    /// </summary>
    public IReadOnlyList<int> Unwatched => [.. Enumerable.Range(0, Size).Where(rank => !isWatched[rank])];

    /// <summary>Connects the ranks that a launcher started together. Every rank calls it, once.</summary>
    /// <param name="onLoss">
    /// Called on another thread if a rank no longer answers, before all ranks are ended with the exit code that it returns, from 1 to 255.
    /// Null writes the message to standard error and ends the ranks with 1.
    /// </param>
    /// <returns>Null if no launcher started this process, or started it alone; then no library is loaded.</returns>
    /// <exception cref="CommunicationException">
    /// No library of MPI can be loaded, or the one that was loaded does not belong to the launcher. The program must end: its work would be
    /// done by each rank again.
    /// </exception>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public static MpiCommunicator? Connect(Func<CommunicationException, int>? onLoss = null)
    {
        if (Launcher.Detect(Environment.GetEnvironmentVariable) is not { } launcher)
            return null;
        if (Interlocked.Exchange(ref connections, 1) != 0)
            throw new InvalidOperationException("This process was connected before: MPI can be initialized only once.");
        var handlers = SignalHandlers.Save();
        try
        {
            return Initialize(MpiLibrary.Load(launcher, Environment.GetEnvironmentVariable), launcher, onLoss);
        }
        finally
        {
            handlers.Restore();
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes, int to)
    {
        using var one = Begin(to);
        Check(mpi.Send(bytes, to), "MPI_Send", bytes.Length, to);
    }

    /// <inheritdoc/>
    public void Receive(Span<byte> bytes, int from)
    {
        using var one = Begin(from);
        Check(mpi.Receive(bytes, from, out int length), "MPI_Recv", bytes.Length, from);
        CheckLength(length, bytes.Length, from);
    }

    /// <inheritdoc/>
    public void SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from)
    {
        using var one = Begin(from);
        CommunicatorArguments.CheckRank(to, Size);
        CommunicatorArguments.CheckOverlap(sent, received);
        Check(mpi.SendReceive(sent, to, received, from, out int length), "MPI_Sendrecv", received.Length, from);
        CheckLength(length, received.Length, from);
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
        using var one = Begin(root);
        // MPI does not have to notice that ranks expect other lengths.
        int length = bytes.Length;
        Check(mpi.Broadcast(MemoryMarshal.AsBytes(new Span<int>(ref length)), root), "MPI_Bcast", sizeof(int), root);
        CheckLength(length, bytes.Length, root);
        Check(mpi.Broadcast(bytes, root), "MPI_Bcast", bytes.Length, root);
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        using var one = Begin(Rank);
        Check(mpi.Barrier(), "MPI_Barrier");
    }

    /// <inheritdoc/>
    [DoesNotReturn]
    public void Abort(int exitCode)
    {
        CommunicatorArguments.CheckExitCode(exitCode);
        isAborting = true;
        Thread.Sleep(LastOutput);
        mpi.Abort(exitCode);
        Environment.Exit(exitCode); // MPI could not; the launcher ends the other ranks when this one ends with an error
    }

    /// <inheritdoc/>
    public void Close()
    {
        // Until all ranks are done, each is missed if it stops.
        Barrier();
        heartbeat?.Stop();
        using var one = Begin(Rank);
        isClosed = true;
        using var end = new Timer(_ => Kill(), null, LastMessages, Timeout.InfiniteTimeSpan); // who is stopped now is not missed
        Check(mpi.Finish(), "MPI_Finalize");
    }

    /// <summary>The rank, the number of ranks, and the library.</summary>
    public override string ToString() => $"{Place}, {library}";

    private string Place => $"rank {Rank} of {Size}";

    private static MpiCommunicator Initialize(MpiLibrary library, Launcher launcher, Func<CommunicationException, int>? onLoss)
    {
        var mpi = library.Functions;
        Require(mpi.Init(out bool isProvided), "MPI_Init_thread");
        Require(mpi.ReturnErrors(), "MPI_Comm_set_errhandler");
        Require(mpi.GetRank(out int rank), "MPI_Comm_rank");
        Require(mpi.GetSize(out int size), "MPI_Comm_size");
        if (!isProvided)
            throw Unusable("it does not support calls by several threads, one at a time (MPI_THREAD_SERIALIZED)", "Use another build.");
        if (launcher.Size is { } expected ? size != expected : size == 1)
            throw Unusable(
                $"{launcher.Name} started {launcher.Size?.ToString() ?? "several"} ranks, and the library finds {size}: "
                + "it belongs to another launcher",
                $"Start the program with the launcher of this library, or set {MpiLibrary.Variable} to the library of the launcher.");
        var ranks = new MpiCommunicator(library, rank, size, onLoss);
        ranks.heartbeat = new Heartbeat(Meeting.Hold(ranks, ranks.isWatched), ranks.EndAfterLoss);
        ranks.Barrier(); // connections that cannot be made take time, in which nobody is to be missed
        ranks.heartbeat.Start();
        return ranks;

        void Require(int error, string function)
        {
            if (error != 0)
                throw Unusable($"{function}: {mpi.ErrorText(error)}", "Look at the messages of MPI above.");
        }

        CommunicationException Unusable(string why, string remedy) =>
            new($"cannot use {library}", launcher.Place, why, remedy);
    }

    /// <summary>Another rank is missed: ends all, also if MPI itself waits for it.</summary>
    private void EndAfterLoss(int lost, string why)
    {
        var error = new CommunicationException(
            "the ranks cannot go on", $"rank {lost} of {Size}", why, "Look at its machine, and start the ranks again.");
        // Whatever happens here, the process ends: a file system of the lost machine may answer no more.
        new Thread(EndAlone) { IsBackground = true }.Start();
        int exitCode = 1;
        try
        {
            if (onLoss is null)
                Console.Error.WriteLine($"error: {error.Message}");
            else
                exitCode = onLoss(error);
        }
        catch (Exception e) // of any kind: the other error comes first
        {
            Console.Error.WriteLine($"error: {error.Message} ({e.Message})");
        }
        Abort(exitCode);
    }

    private static void EndAlone()
    {
        Thread.Sleep(LastWords);
        Kill();
    }

    // A launcher ends all ranks when one is killed.
    private static void Kill()
    {
        using var process = Process.GetCurrentProcess();
        process.Kill();
    }

    // Not all launchers notice that a rank has ended, and some report success.
    private void EndOthers()
    {
        if (isClosed || isAborting)
            return;
        new Thread(EndAlone) { IsBackground = true }.Start(); // MPI may wait for others
        int exitCode = Environment.ExitCode & 255; // all that a process can return
        if (exitCode == 0)
            Console.Error.WriteLine($"error: {Place} ends before its work with the others is complete; all ranks end");
        Abort(Math.Max(exitCode, 1));
    }

    private ExclusiveUse.Use Begin(int other)
    {
        CommunicatorArguments.CheckRank(other, Size);
        if (isAborting)
            Thread.Sleep(Timeout.Infinite); // the process ends
        return isClosed ? throw new InvalidOperationException("The communicator is closed.") : use.Enter();
    }

    private void Check(int error, string function, int? length = null, int? other = null)
    {
        if (error == 0)
            return;
        string message = length is null ? "" : $" with a message of {length:N0} bytes, rank {other}";
        throw new CommunicationException(
            "the ranks cannot go on", Place, $"{function}{message}: {mpi.ErrorText(error)}",
            "Look at the messages of the other ranks: one of them may have ended.");
    }

    private void CheckLength(int length, int expected, int from)
    {
        if (length != expected)
            throw new CommunicationException(
                "the ranks cannot go on", Place, $"rank {from} sent {length:N0} bytes, and {expected:N0} were expected",
                "All ranks must run the same program with the same options and data.");
    }
}
