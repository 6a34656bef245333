using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>Connects the ranks of a training run: processes that work on it together and send each other messages.</summary>
/// <remarks>
/// Messages from one rank to another arrive in the order in which they were sent. A message must have exactly the length that its
/// receiver expects. <see cref="Broadcast"/>, <see cref="Barrier"/> and <see cref="Close"/> must be called by all ranks, in the same order.
/// Serves one thread at a time, which need not be the same one; only <see cref="Abort"/> may be called at any time.
/// <see cref="CommunicatorExtensions"/> adds messages of floats, and gathering.
/// Every operation throws <see cref="CommunicationException"/> if it fails. Then the ranks cannot go on: end the process or call
/// <see cref="Abort"/>.
/// </remarks>
public interface ICommunicator
{
    /// <summary>The number of this rank, from 0.</summary>
    int Rank { get; }

    /// <summary>The number of ranks, at least 1.</summary>
    int Size { get; }

    /// <summary>Sends a message. It may wait until the other rank receives it.</summary>
    /// <param name="bytes">The message; it may be empty.</param>
    /// <param name="to">The rank that receives it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the communicator, or it is closed.</exception>
    void Send(ReadOnlySpan<byte> bytes, int to);

    /// <summary>Waits for a message.</summary>
    /// <param name="bytes">Receives the message, which must have this length.</param>
    /// <param name="from">The rank that sends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the communicator, or it is closed.</exception>
    void Receive(Span<byte> bytes, int from);

    /// <summary>Sends a message and waits for another one at the same time, so that ranks can exchange messages.</summary>
    /// <param name="sent">The message to send.</param>
    /// <param name="to">The rank that receives it; this rank is possible.</param>
    /// <param name="received">Receives the other message, which must have this length. It must not overlap the first.</param>
    /// <param name="from">The rank that sends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    /// <exception cref="ArgumentException">The two messages overlap.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the communicator, or it is closed.</exception>
    void SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from);

    /// <summary>Gives all ranks the bytes of one of them.</summary>
    /// <param name="bytes">The bytes on <paramref name="root"/>; elsewhere they are overwritten. The same length on all ranks.</param>
    /// <param name="root">The rank whose bytes all ranks get.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the communicator, or it is closed.</exception>
    void Broadcast(Span<byte> bytes, int root);

    /// <summary>Waits until all ranks have called it.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the communicator, or it is closed.</exception>
    void Barrier();

    /// <summary>Ends this process and those of all other ranks at once, even if they wait for a message.</summary>
    /// <param name="exitCode">The exit code, from 1 to 255, which the launcher passes on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The exit code is not from 1 to 255.</exception>
    [DoesNotReturn]
    void Abort(int exitCode);

    /// <summary>Ends communication after all messages have been received. A rank that fails calls <see cref="Abort"/> instead.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the communicator, or it is closed.</exception>
    void Close();
}
