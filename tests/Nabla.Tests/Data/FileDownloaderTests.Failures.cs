using System.Net;
using System.Net.Sockets;
using static Nabla.Tests.LoopbackServer;

namespace Nabla.Tests;

/// <summary>Downloads that fail, or whose server does: what is said, and what is left behind.</summary>
public sealed partial class FileDownloaderTests
{
    [Fact]
    public async Task A_transfer_that_always_breaks_ends()
    {
        await using var server = new LoopbackServer(Whole(Wanted, sent: 1000));
        Assert.Contains("ended", await WhyNotAsync(server.Url), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new DownloadLimits().Attempts, server.Requests.Count);
    }

    [Fact]
    public async Task A_part_that_cannot_be_flushed_is_not_used_again()
    {
        await using var server = new LoopbackServer(Whole(Wanted));
        var output = new FlawedOutput { OnFlush = _ => throw new IOException("Input/output error") };
        var downloader = new FileDownloader("the file", [server.Url], VerifyWanted, "Put it there by hand.") { Output = output };
        await Assert.ThrowsAsync<IOException>(() => downloader.DownloadAsync(Target, null, Cancellation));
        Assert.Empty(LeftFiles);
    }

    [Fact]
    public async Task A_part_that_does_not_fit_the_disk_is_kept()
    {
        await using var server = new LoopbackServer(Whole(Wanted));
        int writes = 0;
        var output = new FlawedOutput
        {
            OnWrite = () =>
            {
                if (++writes > 1)
                    throw new IOException("File too large");
            },
        };
        var downloader = new FileDownloader("the file", [server.Url], VerifyWanted, "Put it there by hand.") { Output = output };
        await Assert.ThrowsAsync<IOException>(() => downloader.DownloadAsync(Target, null, Cancellation));
        Assert.Equal(["file.bin.part", "file.bin.part.etag"], LeftFiles);
    }

    [Fact]
    public async Task The_next_server_is_asked_after_404()
    {
        await using var first = new LoopbackServer(Answer("404 Not Found\r\nContent-Length: 0", []));
        await using var second = new LoopbackServer(Whole(Wanted));
        await DownloadAsync(first.Url, second.Url);
        AssertDone();
        Assert.Single(first.Requests);
    }

    [Fact]
    public async Task All_servers_are_named_with_their_reasons()
    {
        await using var first = new LoopbackServer(Answer("404 Not Found\r\nContent-Length: 0", []));
        await using var second = new LoopbackServer(Whole(Html));
        string why = await WhyNotAsync(first.Url, second.Url);
        Assert.Contains($"{first.Url.Authority}: it answered 404 Not Found", why, StringComparison.Ordinal);
        Assert.Contains(
            $"{second.Url.Authority}: it sent a different file, which was deleted: it is not the wanted one",
            why, StringComparison.Ordinal);
        Assert.Empty(LeftFiles);
    }

    [Fact]
    public async Task A_corrupt_file_is_deleted_and_the_next_server_asked()
    {
        byte[] flipped = [.. Wanted];
        flipped[12345] ^= 1;
        await using var first = new LoopbackServer(Whole(flipped));
        await using var second = new LoopbackServer(Whole(Wanted));
        await DownloadAsync(first.Url, second.Url);
        AssertDone();
    }

    [Fact]
    public async Task A_file_that_was_there_survives_a_failed_download()
    {
        File.WriteAllText(Target, "precious");
        await using var server = new LoopbackServer(Whole(Html));
        await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(server.Url));
        Assert.Equal("precious", File.ReadAllText(Target));
    }

    [Fact]
    public async Task No_server_at_all_is_reported_as_no_network()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        int port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Assert.StartsWith($"127.0.0.1:{port}: ", await WhyNotAsync(new Uri($"http://127.0.0.1:{port}/file.bin")), StringComparison.Ordinal);
        Assert.Empty(LeftFiles);
    }

    [Fact]
    public async Task An_unknown_host_is_reported_as_no_network()
    {
        Assert.StartsWith("nobody.invalid", await WhyNotAsync(new Uri("http://nobody.invalid/file.bin")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_falls_silent_is_left(bool afterSomeBytes)
    {
        await using var silent = new LoopbackServer(async (stream, cancellationToken) =>
        {
            if (afterSomeBytes)
                await Whole(Wanted, sent: 1000)(stream, cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await using var second = new LoopbackServer(Whole(Wanted));
        await DownloadAsync(new DownloadLimits { Patience = TimeSpan.FromMilliseconds(300) }, Cancellation, silent.Url, second.Url);
        AssertDone();
    }

    [Fact]
    public async Task A_slow_server_is_waited_for_while_bytes_arrive()
    {
        byte[] head = Wanted[..40];
        await using var slow = new LoopbackServer(async (stream, cancellationToken) =>
        {
            await Answer($"200 OK\r\nContent-Length: {Wanted.Length}", [])(stream, cancellationToken);
            foreach (byte b in head)
            {
                await stream.WriteAsync(new[] { b }, cancellationToken);
                await Task.Delay(50, cancellationToken);
            }
            await stream.WriteAsync(Wanted.AsMemory(head.Length), cancellationToken);
        });
        // Two seconds in all, of which no single wait is longer than a fraction of the patience.
        await DownloadAsync(new DownloadLimits { Patience = TimeSpan.FromSeconds(1.5) }, Cancellation, slow.Url);
        AssertDone();
    }

    [Fact]
    public async Task A_server_that_sends_without_end_is_left_at_the_limit()
    {
        await using var endless = new LoopbackServer(async (stream, cancellationToken) =>
        {
            await Answer("200 OK", [])(stream, cancellationToken);
            while (true)
                await stream.WriteAsync(Wanted, cancellationToken);
        });
        await using var second = new LoopbackServer(Whole(Wanted));
        await DownloadAsync(new DownloadLimits { Bytes = 1 << 20 }, Cancellation, endless.Url, second.Url);
        AssertDone();
        Assert.InRange(progress.Max(p => p.Bytes), 1 << 20, (1 << 20) + (1 << 16));
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_a_byte_is_kept()
    {
        await using var server = new LoopbackServer(Answer("200 OK\r\nContent-Length: 99999999999", Wanted));
        Assert.Contains("more than 67108864 bytes", await WhyNotAsync(server.Url), StringComparison.Ordinal);
        Assert.Empty(progress);
        Assert.Empty(LeftFiles);
    }

    [Fact]
    public async Task Cancelling_keeps_the_part()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var server = new LoopbackServer(
            async (stream, cancellationToken) =>
            {
                await Whole(Wanted, sent: 100_000)(stream, cancellationToken);
                await Task.Delay(300, cancellationToken);
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(new DownloadLimits(), cancel.Token, server.Url));
        Assert.Equal(100_000, new FileInfo(Target + ".part").Length);
    }

    [Fact]
    public async Task Two_at_once_do_not_disturb_each_other()
    {
        var firstIsUnderWay = new TaskCompletionSource();
        var secondIsDone = new TaskCompletionSource();
        await using var slow = new LoopbackServer(async (stream, cancellationToken) =>
        {
            await Whole(Wanted, sent: 100_000)(stream, cancellationToken);
            firstIsUnderWay.SetResult();
            await secondIsDone.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync(Wanted.AsMemory(100_000), cancellationToken);
        });
        await using var fast = new LoopbackServer(Whole(Wanted));
        Task first = DownloadAsync(slow.Url);
        await firstIsUnderWay.Task.WaitAsync(Cancellation);
        await DownloadAsync(fast.Url);
        Assert.Equal(Wanted, File.ReadAllBytes(Target));
        secondIsDone.SetResult();
        await first;
        AssertDone();
    }

    [Fact]
    public async Task A_second_one_that_fails_leaves_nothing_of_its_own()
    {
        var failed = new TaskCompletionSource();
        await using var slow = new LoopbackServer(async (stream, cancellationToken) =>
        {
            await failed.Task.WaitAsync(cancellationToken);
            await Whole(Wanted)(stream, cancellationToken);
        });
        await using var broken = new LoopbackServer(Whole(Wanted, sent: 1000));
        Task first = DownloadAsync(slow.Url);
        await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(broken.Url));
        failed.SetResult();
        await first;
        AssertDone();
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_a_disk_error()
    {
        await using var server = new LoopbackServer(Whole(Wanted));
        File.WriteAllText(folder["occupied"], "a file where a folder should be");
        var downloader = new FileDownloader("the file", [server.Url], VerifyWanted, "");
        await Assert.ThrowsAnyAsync<IOException>(
            () => downloader.DownloadAsync(Path.Combine(folder.Folder, "occupied", "file.bin"), null, Cancellation));
    }
}
