using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nabla.Mpi.Tests;

/// <summary>
/// Connections beside MPI, and what is concluded from them. Ranks are threads; real ones are in <see cref="MpiRunTests"/>.
/// </summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_rank_has_a_connection_to_rank_0(int size)
    {
        var found = new IReadOnlyList<Pulse>[size];
        LocalCommunicators.Run(size, ranks =>
        {
            bool[] isWatched = new bool[size];
            found[ranks.Rank] = Meeting.Hold(ranks, isWatched);
            Assert.DoesNotContain(false, isWatched);
        });
        Assert.Equal(Enumerable.Range(1, size - 1), found[0].Select(pulse => pulse.Rank).Order());
        Assert.All(found[1..], pulses => Assert.Equal(0, Assert.Single(pulses).Rank));
    }

    [Fact]
    public void A_rank_that_does_not_know_the_secret_is_not_watched()
    {
        var found = new IReadOnlyList<Pulse>[3];
        LocalCommunicators.Run(3, ranks =>
        {
            bool[] isWatched = new bool[3];
            if (ranks.Rank < 2)
            {
                found[ranks.Rank] = Meeting.Hold(ranks, isWatched);
                Assert.Equal([true, true, false], isWatched);
                return;
            }
            var invitation = Invitation.Read(ranks.BroadcastBytes([], 0));
            byte[] greeting = [.. invitation.Secret.Select(each => (byte)~each), 2, 0, 0, 0];
            byte[][] greetings = [greeting, [1, 2, 3], [.. invitation.Secret, 3, 0, 0, 0], [.. invitation.Secret, 0, 0, 0, 0]];
            foreach (byte[] bytes in greetings)
            {
                using var stranger = Connect(invitation);
                stranger.Send(bytes);
                stranger.Shutdown(SocketShutdown.Send);
                Assert.Equal(0, Received(stranger));
            }
            ranks.Broadcast(new byte[3], 0);
        });
        Assert.Equal(1, Assert.Single(found[0]).Rank);
    }

    [Fact]
    public void A_rank_that_beats_is_not_missed_and_one_that_says_goodbye_neither()
    {
        var (first, second) = Pair();
        var missed = new ConcurrentQueue<string>();
        var one = new Heartbeat([new Pulse(1, first)], (rank, why) => missed.Enqueue($"rank {rank}: {why}"));
        var other = new Heartbeat([new Pulse(0, second)], (rank, why) => missed.Enqueue($"rank {rank}: {why}"));
        one.Start();
        other.Start();
        Thread.Sleep(TimeSpan.FromSeconds(4)); // longer than a silence may be
        one.Stop();
        first.Dispose();
        Thread.Sleep(TimeSpan.FromSeconds(4));
        other.Stop();
        Assert.Empty(missed);
    }

    [Theory]
    [InlineData(false, "it has not answered for 2.5 seconds: its process is stopped, or its machine cannot be reached")]
    [InlineData(true, "its process has ended")]
    public void A_rank_that_is_silent_or_has_ended_is_missed_once(bool ends, string reason)
    {
        var (first, second) = Pair();
        using var _ = second;
        using var isMissed = new ManualResetEventSlim();
        var missed = new List<(int, string)>();
        new Heartbeat([new Pulse(3, first)], (rank, why) =>
        {
            missed.Add((rank, why));
            isMissed.Set();
        }).Start();
        if (ends)
            second.Dispose();
        Assert.True(isMissed.Wait(Patience));
        Assert.Equal([(3, reason)], missed);
    }

    [Fact]
    public void An_invitation_is_read_as_it_was_written()
    {
        var invitation = new Invitation("machine", 4711, [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 17))],
            [IPAddress.Parse("10.1.2.3"), IPAddress.Parse("fd00::1")]);
        var read = Invitation.Read(invitation.ToBytes());
        Assert.Equal((invitation.Machine, invitation.Port), (read.Machine, read.Port));
        Assert.Equal(invitation.Secret, read.Secret);
        Assert.Equal(invitation.Addresses, read.Addresses);
        Assert.Empty(Invitation.Read((invitation with { Addresses = [] }).ToBytes()).Addresses);
        Assert.Equal(invitation.Addresses, read.Candidates());
        Assert.Equal(IPAddress.Loopback, (read with { Machine = Environment.MachineName }).Candidates().First());
    }

    private static Socket Connect(Invitation invitation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Connect(IPAddress.Loopback, invitation.Port);
        return socket;
    }

    /// <summary>The bytes that arrive until the other side closes the connection, which it may do abruptly.</summary>
    private static int Received(Socket socket)
    {
        int length = socket.Receive(new byte[1], SocketFlags.None, out var error);
        Assert.NotEqual(SocketError.TimedOut, error);
        return length;
    }

    /// <summary>Two ends of a connection, as <see cref="Pulse"/> uses them.</summary>
    private static (Socket First, Socket Second) Pair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(listener.LocalEndPoint!);
        var second = listener.Accept();
        first.Blocking = second.Blocking = false;
        return (first, second);
    }
}
