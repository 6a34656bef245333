using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nabla.Studio.Tests;

/// <summary>Sends bytes over a socket, as no client library would.</summary>
internal static class RawRequest
{
    /// <summary>Sends a request and reads the first line of the answer.</summary>
    /// <param name="port">The port of the studio.</param>
    /// <param name="text">The request, in Latin-1.</param>
    /// <returns>The status; 0 if the connection was closed without an answer.</returns>
    public static async Task<int> Send(int port, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        }
        catch (IOException)
        {
            // Closed by the server before it had read everything, which is a refusal too. It may have answered.
        }
        return await ReadStatus(stream);
    }

    /// <summary>Reads the status of an answer.</summary>
    /// <returns>0 if the server closed the connection without one. A server that does neither is an error.</returns>
    public static async Task<int> ReadStatus(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var answer = new byte[4096];
        int read = 0;
        try
        {
            while (read < 12)
            {
                int more = await stream.ReadAsync(answer.AsMemory(read), patience.Token);
                if (more == 0)
                    break;
                read += more;
            }
        }
        catch (IOException)
        {
            // Closed by the server.
        }
        string line = Encoding.Latin1.GetString(answer, 0, read);
        return line.StartsWith("HTTP/1.", StringComparison.Ordinal) && line.Length >= 12 ? int.Parse(line.AsSpan(9, 3)) : 0;
    }
}
