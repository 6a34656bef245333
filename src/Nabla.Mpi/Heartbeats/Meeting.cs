using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Nabla.Mpi;

/// <summary>Connects each rank with rank 0 over TCP, beside MPI, which serves one thread at a time and may be waiting.</summary>
internal static class Meeting
{
    private const int GreetingLength = Invitation.SecretLength + sizeof(int);
    private const byte Welcome = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionPatience = TimeSpan.FromSeconds(1);

    /// <summary>Makes the connections. All ranks call it.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="isWatched">Receives whether each rank has a connection to rank 0, [ranks].</param>
    /// <returns>On rank 0 the connections to the others; elsewhere the one to rank 0; none if no connection can be made.</returns>
    public static IReadOnlyList<Pulse> Hold(ICommunicator ranks, bool[] isWatched)
    {
        byte[] connected = new byte[ranks.Size];
        using var listener = ranks.Rank == 0 ? Listen(ranks.Size) : null;
        var own = listener is null ? null : Invitation.ToHere(((IPEndPoint)listener.LocalEndPoint!).Port);
        byte[] invitation = ranks.BroadcastBytes(own?.ToBytes(), 0); // empty if rank 0 cannot listen
        var sockets = new List<(int Rank, Socket Socket)>();
        if (own is not null)
            Accept(listener!, own.Secret, ranks.Size, sockets);
        else if (ranks.Rank != 0 && invitation.Length > 0 && Join(Invitation.Read(invitation), ranks.Rank) is { } socket)
            sockets.Add((0, socket));
        foreach (var (rank, socket) in sockets)
        {
            connected[rank] = 1;
            socket.Blocking = false;
            socket.NoDelay = true;
        }
        ranks.Broadcast(connected, 0);
        connected.Select(each => each != 0).ToArray().CopyTo(isWatched, 0);
        isWatched[0] = true;
        // A connection that rank 0 did not accept is left out.
        return [.. sockets.Where(_ => connected[ranks.Rank] != 0 || ranks.Rank == 0).Select(each => new Pulse(each.Rank, each.Socket))];
    }

    private static Socket? Listen(int backlog)
    {
        try
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
            socket.Listen(backlog);
            return socket;
        }
        catch (SocketException)
        {
            return null; // nobody is watched, and Hold says so
        }
    }

    /// <summary>Accepts connections until all ranks are there, or time is up.</summary>
    private static void Accept(Socket listener, byte[] secret, int size, List<(int Rank, Socket Socket)> sockets)
    {
        var clock = Stopwatch.StartNew();
        while (sockets.Count < size - 1 && Patience - clock.Elapsed is { Ticks: > 0 } left && listener.Poll(left, SelectMode.SelectRead))
        {
            if (TryAccept(listener) is not { } socket)
                return;
            if (Greeted(socket, secret, size, left) is not { } rank)
            {
                socket.Dispose();
                continue;
            }
            sockets.RemoveAll(each => each.Rank == rank); // a rank that has tried again uses its last connection
            sockets.Add((rank, socket));
        }
    }

    private static Socket? TryAccept(Socket listener)
    {
        try
        {
            return listener.Accept();
        }
        catch (SocketException)
        {
            return null; // such as too many open files
        }
    }

    /// <returns>Who is there; null for a stranger.</returns>
    private static int? Greeted(Socket socket, byte[] secret, int size, TimeSpan left)
    {
        try
        {
            byte[] greeting = new byte[GreetingLength];
            if (!ReceiveAll(socket, greeting, left < ConnectionPatience ? left : ConnectionPatience)
                || !CryptographicOperations.FixedTimeEquals(greeting.AsSpan(0, Invitation.SecretLength), secret))
            {
                return null;
            }
            int rank = BinaryPrimitives.ReadInt32LittleEndian(greeting.AsSpan(Invitation.SecretLength));
            if (rank < 1 || rank >= size)
                return null;
            socket.Send([Welcome]);
            return rank;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <returns>Null if rank 0 cannot be reached at any of its addresses.</returns>
    private static Socket? Join(Invitation invitation, int rank)
    {
        byte[] greeting = [.. invitation.Secret, .. new byte[sizeof(int)]], welcome = new byte[1];
        BinaryPrimitives.WriteInt32LittleEndian(greeting.AsSpan(Invitation.SecretLength), rank);
        var clock = Stopwatch.StartNew();
        foreach (var address in invitation.Candidates())
        {
            Socket? socket = null;
            if (clock.Elapsed > Patience)
                break; // rank 0 no longer accepts
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                if (socket.ConnectAsync(address, invitation.Port).Wait(ConnectionPatience) && socket.Send(greeting) == greeting.Length
                    && ReceiveAll(socket, welcome, Patience) && welcome[0] == Welcome)
                {
                    return socket;
                }
            }
            catch (Exception e) when (e is SocketException or AggregateException { InnerException: SocketException })
            {
                // the next address may do
            }
            socket?.Dispose();
        }
        return null;
    }

    private static bool ReceiveAll(Socket socket, Span<byte> bytes, TimeSpan patience)
    {
        socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
        while (!bytes.IsEmpty)
        {
            int length = socket.Receive(bytes);
            if (length == 0)
                return false;
            bytes = bytes[length..];
        }
        return true;
    }
}
