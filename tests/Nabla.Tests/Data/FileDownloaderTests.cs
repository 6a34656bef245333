using static Nabla.Tests.LoopbackServer;

namespace Nabla.Tests;

/// <summary>Downloads that come to a good end, however often they are cut off on the way.</summary>
public sealed partial class FileDownloaderTests : IDisposable
{
    private static readonly byte[] Wanted = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 + i / 256))];
    private static readonly byte[] Html = "<html>Please log in</html>"u8.ToArray();

    private readonly TestFiles folder = new();
    private readonly List<DownloadProgress> progress = [];

    private string Target => folder["file.bin"];

    private string[] LeftFiles =>
        [.. Directory.GetFiles(folder.Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private static void VerifyWanted(string path)
    {
        if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(Wanted))
            throw new InvalidInputException("cannot read file.bin", "the file", "it is not the wanted one", "Delete it.");
    }

    private Task DownloadAsync(params Uri[] urls) =>
        DownloadAsync(new DownloadLimits { Patience = TimeSpan.FromSeconds(10) }, Cancellation, urls);

    private Task DownloadAsync(DownloadLimits limits, CancellationToken cancellationToken, params Uri[] urls) =>
        new FileDownloader("the file", urls, VerifyWanted, "Put it there by hand.") { Limits = limits }
            .DownloadAsync(Target, new Recorder(progress), cancellationToken);

    private async Task<string> WhyNotAsync(params Uri[] urls)
    {
        var error = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(urls));
        Assert.Equal("Put it there by hand.", error.Remedy);
        Assert.False(File.Exists(Target));
        return error.Why;
    }

    private void AssertDone()
    {
        Assert.Equal(Wanted, File.ReadAllBytes(Target));
        Assert.Equal(["file.bin"], LeftFiles);
    }

    [Fact]
    public async Task A_file_arrives_with_progress_to_the_last_byte()
    {
        await using var server = new LoopbackServer(Whole(Wanted));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Equal(new DownloadProgress(Wanted.Length, Wanted.Length), progress[^1]);
        Assert.Equal([.. progress.OrderBy(p => p.Bytes)], progress);
        Assert.DoesNotContain("Range", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_created()
    {
        await using var server = new LoopbackServer(Whole(Wanted));
        string target = Path.Combine(folder.Folder, "deep", "er", "file.bin");
        await new FileDownloader("the file", [server.Url], VerifyWanted, "").DownloadAsync(target, null, Cancellation);
        Assert.Equal(Wanted, File.ReadAllBytes(target));
    }

    [Fact]
    public async Task A_file_without_a_length_arrives()
    {
        await using var server = new LoopbackServer(Answer("200 OK", Wanted));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Equal(new DownloadProgress(Wanted.Length, null), progress[^1]);
    }

    [Fact]
    public async Task A_truncated_transfer_is_continued_where_it_ended()
    {
        await using var server = new LoopbackServer(Whole(Wanted, sent: 100_000), Rest(Wanted, 100_000));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Contains("Range: bytes=100000-", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"a\"", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_run_continues_what_an_earlier_one_left()
    {
        await using var server = new LoopbackServer(Whole(Wanted, sent: 100_000), Answer("503 Busy", []), Rest(Wanted, 100_000));
        Assert.Contains("503 Busy", await WhyNotAsync(server.Url), StringComparison.Ordinal);
        Assert.Equal(["file.bin.part", "file.bin.part.etag"], LeftFiles);
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_has_changed_is_downloaded_from_the_start()
    {
        byte[] old = [.. Wanted.Select(b => (byte)~b)];
        await using var server = new LoopbackServer(Whole(old, "\"old\"", sent: 100_000), Whole(Wanted, "\"new\""));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Contains("If-Range: \"old\"", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_all_again()
    {
        await using var server = new LoopbackServer(Whole(Wanted, sent: 299_999), Whole(Wanted));
        await DownloadAsync(server.Url);
        AssertDone();
    }

    [Theory]
    [InlineData("W/\"weak\"")]
    [InlineData("")]
    public async Task Without_a_strong_tag_nothing_is_continued(string tag)
    {
        await using var server = new LoopbackServer(Whole(Wanted, tag, sent: 100_000), Whole(Wanted, tag));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.DoesNotContain("Range", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_one_server_is_not_continued_by_another()
    {
        await using var first = new LoopbackServer(Whole([.. Wanted.Select(b => (byte)~b)], sent: 100_000), Answer("404 Not Found", []));
        await using var second = new LoopbackServer(Whole(Wanted));
        await DownloadAsync(first.Url, second.Url);
        AssertDone();
        Assert.DoesNotContain("Range", second.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_complete_already_is_recognised_by_416()
    {
        await using var server = new LoopbackServer(Answer($"416 No\r\nContent-Range: bytes */{Wanted.Length}\r\nContent-Length: 0", []));
        LeavePart(Wanted, server.Url);
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Contains($"Range: bytes={Wanted.Length}-", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_longer_than_the_file_is_downloaded_from_the_start()
    {
        await using var server = new LoopbackServer(
            Answer($"416 No\r\nContent-Range: bytes */{Wanted.Length}\r\nContent-Length: 0", []), Whole(Wanted));
        LeavePart([.. Wanted, 1, 2, 3], server.Url);
        await DownloadAsync(server.Url);
        AssertDone();
    }

    [Fact]
    public async Task A_range_that_was_not_asked_for_is_not_appended()
    {
        await using var server = new LoopbackServer(Whole(Wanted, sent: 100_000), Rest(Wanted, 50_000), Whole(Wanted));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.DoesNotContain("Range", server.Requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_resumes_after_a_reset_connection()
    {
        await using var server = new LoopbackServer(
            async (stream, cancellationToken) =>
            {
                await Whole(Wanted, sent: 100_000)(stream, cancellationToken);
                await Task.Delay(200, cancellationToken);
                throw new ConnectionResetException();
            },
            async (stream, cancellationToken) => await Whole(Wanted)(stream, cancellationToken));
        await DownloadAsync(server.Url);
        AssertDone();
        Assert.Equal(2, server.Requests.Count);
    }

    private void LeavePart(byte[] bytes, Uri url)
    {
        File.WriteAllBytes(Target + ".part", bytes);
        File.WriteAllText(Target + ".part.etag", $"{url.AbsoluteUri}\n\"a\"");
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, reports at once and in order.</summary>
    private sealed class Recorder(List<DownloadProgress> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            lock (reports)
                reports.Add(value);
        }
    }
}
