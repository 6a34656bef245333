using System.Diagnostics.CodeAnalysis;
using Nabla.Kernels;

namespace Nabla;

/// <summary>One of the ranks of <see cref="LocalCommunicators"/>.</summary>
internal sealed class LocalCommunicator(LocalCommunicators ranks, int rank) : ICommunicator
{
    private readonly ExclusiveUse use = new("communicator");
    private bool isClosed;

    public int Rank => rank;

    public int Size => ranks.Size;

    public void Send(ReadOnlySpan<byte> bytes, int to)
    {
        using var one = Begin(to);
        ranks.WaitUntilTaken(ranks.Post(rank, to, bytes.ToArray(), isBroadcast: false), rank, to);
    }

    public void Receive(Span<byte> bytes, int from)
    {
        using var one = Begin(from);
        ranks.Take(from, rank, bytes.Length, isBroadcast: false).CopyTo(bytes);
    }

    public void SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from)
    {
        using var one = Begin(from);
        CommunicatorArguments.CheckRank(to, Size);
        CommunicatorArguments.CheckOverlap(sent, received);
        var message = ranks.Post(rank, to, sent.ToArray(), isBroadcast: false);
        ranks.Take(from, rank, received.Length, isBroadcast: false).CopyTo(received);
        ranks.WaitUntilTaken(message, rank, to);
    }

    public void Broadcast(Span<byte> bytes, int root)
    {
        using var one = Begin(root);
        if (rank != root)
        {
            ranks.Take(root, rank, bytes.Length, isBroadcast: true).CopyTo(bytes);
            return;
        }
        byte[] copy = bytes.ToArray();
        for (int to = 0; to < Size; to++)
        {
            if (to != root)
                ranks.WaitUntilTaken(ranks.Post(rank, to, copy, isBroadcast: true), rank, to);
        }
    }

    public void Barrier()
    {
        using var one = Begin(rank);
        ranks.Barrier(rank);
    }

    [DoesNotReturn]
    public void Abort(int exitCode)
    {
        CommunicatorArguments.CheckExitCode(exitCode);
        throw Fail($"it aborted with exit code {exitCode}");
    }

    public void Close()
    {
        using var one = Begin(rank);
        isClosed = true;
        ranks.Close(rank);
    }

    /// <summary>Ends all ranks with an error.</summary>
    /// <returns>The error, to be thrown.</returns>
    public CommunicationException Fail(string why) => ranks.Failed(rank, why);

    private ExclusiveUse.Use Begin(int other)
    {
        CommunicatorArguments.CheckRank(other, Size);
        return isClosed ? throw new InvalidOperationException("The communicator is closed.") : use.Enter();
    }
}
