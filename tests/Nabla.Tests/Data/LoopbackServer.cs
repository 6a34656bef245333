using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nabla.Tests;

/// <summary>
/// A web server on the loopback device, whose answers are written byte by byte by the test: the n-th request gets the n-th answer, further
/// ones the last.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private readonly List<string> requests = [];

    public LoopbackServer(params Func<Stream, CancellationToken, Task>[] answers)
    {
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file.bin");
        serving = Task.Run(() => ServeAsync(answers));
    }

    public Uri Url { get; }

    /// <summary>The head of each request so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    /// <summary>A head with these header lines, then the body, then the end of the connection.</summary>
    public static Func<Stream, CancellationToken, Task> Answer(string head, byte[] body) => async (stream, cancellationToken) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), cancellationToken);
        await stream.WriteAsync(body, cancellationToken);
    };

    /// <summary>200 with length and entity tag; the body may be shorter than the length says.</summary>
    public static Func<Stream, CancellationToken, Task> Whole(byte[] file, string tag = "\"a\"", int? sent = null) =>
        Answer($"200 OK\r\nContent-Length: {file.Length}\r\nETag: {tag}", file[..(sent ?? file.Length)]);

    /// <summary>206 with the bytes from <paramref name="from"/> on.</summary>
    public static Func<Stream, CancellationToken, Task> Rest(byte[] file, int from, string tag = "\"a\"") => Answer(
        $"206 Partial Content\r\nContent-Length: {file.Length - from}\r\nETag: {tag}\r\n"
            + $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}",
        file[from..]);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        stop.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task>[] answers)
    {
        try
        {
            for (int n = 0; ; n++)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                await AnswerAsync(client, answers[Math.Min(n, answers.Length - 1)]);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client, Func<Stream, CancellationToken, Task> answer)
    {
        try
        {
            NetworkStream stream = client.GetStream();
            var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var head = new StringBuilder();
            while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
                head.AppendLine(line);
            lock (requests)
                requests.Add(head.ToString());
            await answer(stream, stop.Token);
        }
        catch (ConnectionResetException)
        {
            client.Client.LingerState = new LingerOption(true, 0); // Closing now sends RST.
        }
        catch (IOException)
        {
            // The client has hung up, as some tests want it to.
        }
    }

    /// <summary>What an answer throws to have the connection reset.</summary>
    internal sealed class ConnectionResetException : Exception;
}
