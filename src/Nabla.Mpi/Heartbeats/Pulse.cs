using System.Net.Sockets;

namespace Nabla.Mpi;

/// <summary>The connection to another rank: what it has sent lately.</summary>
/// <param name="rank">The other rank.</param>
/// <param name="socket">A connection to it.</param>
internal sealed class Pulse(int rank, Socket socket)
{
    private const byte Alive = 1;
    private const byte Goodbye = 2;

    /// <summary>The other rank.</summary>
    public int Rank => rank;

    /// <summary>How often in a row <see cref="Listen"/> has heard nothing.</summary>
    public int Silence { get; private set; }

    /// <summary>Whether the other rank has said that it needs no watching any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the connection has ended without that: the process has.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Says that this rank is alive. What cannot be sent at once is not sent.</summary>
    public void Beat() => Send(Alive);

    /// <summary>Says that this rank needs no watching any more.</summary>
    public void SayGoodbye() => Send(Goodbye);

    /// <summary>Reads what has arrived, without waiting.</summary>
    public void Listen()
    {
        Span<byte> bytes = stackalloc byte[64];
        bool isSilent = true;
        while (!IsOver && !HasEnded)
        {
            int length = socket.Receive(bytes, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                break;
            HasEnded = error != SocketError.Success || length == 0;
            if (HasEnded)
                break;
            IsOver = bytes[..length].Contains(Goodbye);
            isSilent = false;
        }
        Silence = isSilent ? Silence + 1 : 0;
    }

    // A connection that has ended is noticed by Listen.
    private void Send(byte what) => socket.Send([what], SocketFlags.None, out _);
}
