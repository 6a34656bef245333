using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Messages of floats, and gathering, by the operations of <see cref="ICommunicator"/>.</summary>
/// <remarks>Floats are sent as their bytes: all ranks must have the same byte order. Long messages are sent in parts.</remarks>
public static class CommunicatorExtensions
{
    // A part has 2^30 bytes, which an int can count.
    private const int LongestPart = 1 << 28;

    /// <summary>Sends floats, which <see cref="Receive(ICommunicator, Span{float}, int)"/> receives.</summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="values">The message.</param>
    /// <param name="to">The rank that receives it.</param>
    public static void Send(this ICommunicator communicator, ReadOnlySpan<float> values, int to) =>
        SendParts(communicator, values, to, LongestPart);

    /// <summary>Waits for a message of floats.</summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="values">Receives the message, which must have this length.</param>
    /// <param name="from">The rank that sends it.</param>
    public static void Receive(this ICommunicator communicator, Span<float> values, int from) =>
        ReceiveParts(communicator, values, from, LongestPart);

    /// <summary>Sends floats and waits for others at the same time.</summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="sent">The message to send.</param>
    /// <param name="to">The rank that receives it; this rank is possible.</param>
    /// <param name="received">Receives the other message, which must have this length. It must not overlap the first.</param>
    /// <param name="from">The rank that sends it.</param>
    public static void SendReceive(
        this ICommunicator communicator, ReadOnlySpan<float> sent, int to, Span<float> received, int from) =>
        SendReceiveParts(communicator, sent, to, received, from, LongestPart);

    /// <summary>Gives all ranks the floats of one of them.</summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="values">The floats on <paramref name="root"/>; elsewhere they are overwritten. The same length on all ranks.</param>
    /// <param name="root">The rank whose floats all ranks get.</param>
    public static void Broadcast(this ICommunicator communicator, Span<float> values, int root) =>
        BroadcastParts(communicator, values, root, LongestPart);

    /// <summary>Collects the bytes of all ranks on one of them. All ranks must call it.</summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="bytes">The bytes of this rank; each rank may have another number.</param>
    /// <param name="root">The rank that gets them all.</param>
    /// <returns>On <paramref name="root"/> the bytes of each rank, from rank 0; null elsewhere.</returns>
    public static byte[][]? GatherBytes(this ICommunicator communicator, ReadOnlySpan<byte> bytes, int root)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (communicator.Rank != root)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            communicator.Send(length, root);
            communicator.Send(bytes, root);
            return null;
        }
        byte[][] all = new byte[communicator.Size][];
        for (int rank = 0; rank < all.Length; rank++)
        {
            if (rank == root)
            {
                all[rank] = bytes.ToArray();
                continue;
            }
            communicator.Receive(length, rank);
            all[rank] = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            communicator.Receive(all[rank], rank);
        }
        return all;
    }

    /// <summary>
    /// Gives all ranks the bytes of one of them, of which only that one needs to know the number. All ranks must call it.
    /// </summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="bytes">The bytes on <paramref name="root"/>; elsewhere they are not used.</param>
    /// <param name="root">The rank whose bytes all ranks get.</param>
    /// <returns>The bytes of <paramref name="root"/>.</returns>
    public static byte[] BroadcastBytes(this ICommunicator communicator, ReadOnlySpan<byte> bytes, int root)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        communicator.Broadcast(length, root);
        byte[] all = communicator.Rank == root ? bytes.ToArray() : new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        communicator.Broadcast(all, root);
        return all;
    }

    /// <summary>Gives all ranks the bytes of all. All ranks must call it.</summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="own">The bytes of this rank; the same number on all ranks.</param>
    /// <param name="all">Receives those of each rank, from rank 0: [ranks, bytes].</param>
    /// <exception cref="ArgumentException"><paramref name="all"/> has another length.</exception>
    public static void AllGather(this ICommunicator communicator, ReadOnlySpan<byte> own, Span<byte> all)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        if (all.Length != (long)own.Length * communicator.Size)
            throw new ArgumentException($"{communicator.Size} ranks with {own.Length} bytes do not fill {all.Length} bytes.", nameof(all));
        own.CopyTo(all[(communicator.Rank * own.Length)..]);
        for (int step = 1; step < communicator.Size; step++)
        {
            var (to, from) = communicator.Partners(step);
            communicator.SendReceive(own, to, all.Slice(from * own.Length, own.Length), from);
        }
    }

    /// <summary>
    /// Whom a rank sends to and receives from, if each rank exchanges messages with each other one: in each step, every rank is busy with
    /// one other.
    /// </summary>
    /// <param name="communicator">This rank's communicator.</param>
    /// <param name="step">From 1 to the number of ranks - 1.</param>
    internal static (int To, int From) Partners(this ICommunicator communicator, int step) => (
        (communicator.Rank + step) % communicator.Size, (communicator.Rank - step + communicator.Size) % communicator.Size);

    internal static void SendParts(ICommunicator communicator, ReadOnlySpan<float> values, int to, int longest)
    {
        for (int part = 0; part < PartCount(values.Length, longest); part++)
            communicator.Send(MemoryMarshal.AsBytes(values[PartRange(values.Length, part, longest)]), to);
    }

    internal static void ReceiveParts(ICommunicator communicator, Span<float> values, int from, int longest)
    {
        for (int part = 0; part < PartCount(values.Length, longest); part++)
            communicator.Receive(MemoryMarshal.AsBytes(values[PartRange(values.Length, part, longest)]), from);
    }

    internal static void SendReceiveParts(
        ICommunicator communicator, ReadOnlySpan<float> sent, int to, Span<float> received, int from, int longest)
    {
        // The other ranks may send or receive other numbers of parts; part n of one rank always meets part n of another.
        int sends = PartCount(sent.Length, longest), receives = PartCount(received.Length, longest);
        for (int part = 0; part < Math.Max(sends, receives); part++)
        {
            var partSent = part < sends ? MemoryMarshal.AsBytes(sent[PartRange(sent.Length, part, longest)]) : default;
            var partReceived = part < receives ? MemoryMarshal.AsBytes(received[PartRange(received.Length, part, longest)]) : default;
            if (part >= receives)
                communicator.Send(partSent, to);
            else if (part >= sends)
                communicator.Receive(partReceived, from);
            else
                communicator.SendReceive(partSent, to, partReceived, from);
        }
    }

    internal static void BroadcastParts(ICommunicator communicator, Span<float> values, int root, int longest)
    {
        for (int part = 0; part < PartCount(values.Length, longest); part++)
            communicator.Broadcast(MemoryMarshal.AsBytes(values[PartRange(values.Length, part, longest)]), root);
    }

    // An empty message has one part, which is empty.
    private static int PartCount(int length, int longest) => Math.Max(1, (int)(((long)length + longest - 1) / longest));

    private static Range PartRange(int length, int part, int longest)
    {
        int start = part * longest;
        return start..(start + Math.Min(longest, length - start));
    }
}
