using System.Net;
using System.Net.Sockets;

namespace Nabla.Studio;

/// <summary>The two addresses that only this machine reaches, and the names under which a browser may ask for them.</summary>
internal static class Loopback
{
    /// <summary>The values of the header Host that are answered. Others are a sign of DNS rebinding.</summary>
    /// <param name="port">The port that the server listens to.</param>
    public static IReadOnlySet<string> Hosts(int port) =>
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { $"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}" };

    /// <summary>The addresses to listen to. Systems without IPv6 have only the first.</summary>
    public static IReadOnlyList<IPAddress> Addresses { get; } =
        Socket.OSSupportsIPv6 && IsFree(IPAddress.IPv6Loopback, 0) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    /// <summary>A port that is free at both addresses.</summary>
    public static int FindPort()
    {
        const int attempts = 20;
        for (int i = 0; i < attempts; i++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Addresses.Skip(1).All(address => IsFree(address, port)))
                return port;
        }
        throw new IOException("no port is free at both 127.0.0.1 and ::1");
    }

    /// <summary>Whether nothing listens to a port.</summary>
    public static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
