using System.Text;

namespace Nabla;

/// <summary>
/// Downloads one file that several servers have: resumable, verified before it gets its name, safe beside a second process that does the
/// same.
/// </summary>
/// <param name="what">What the file is called in messages, e.g. <c>mnist</c>.</param>
/// <param name="urls">Where it can be had, in the order of asking.</param>
/// <param name="verify">Throws <see cref="InvalidInputException"/> if the file at a path is not what it should be.</param>
/// <param name="remedy">What a user without network can do, as a sentence.</param>
internal sealed class FileDownloader(string what, IReadOnlyList<Uri> urls, Action<string> verify, string remedy)
{
    /// <summary>When to give up on a server.</summary>
    public DownloadLimits Limits { get; init; } = new();

    /// <summary>What carries the requests; null for the system's own. It is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Brings the file to <paramref name="target"/>, whose folder is created if need be.</summary>
    /// <exception cref="NetworkUnavailableException">No server delivered the file; the message says why, for each.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the part stays, to be continued.</exception>
    public async Task DownloadAsync(string target, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        using var client = Handler is null ? new HttpClient() : new HttpClient(Handler, disposeHandler: false);
        client.Timeout = Timeout.InfiniteTimeSpan; // Each step has its own.
        using PartFile part = PartFile.Open(target);
        var transfer = new ResumableTransfer(client, Limits, progress);
        var reasons = new StringBuilder();
        foreach (Uri url in urls)
        {
            string? reason = await TryAsync(transfer, url, part, cancellation).ConfigureAwait(false);
            if (reason is null)
            {
                part.Publish(target);
                return;
            }
            reasons.Append(reasons.Length > 0 ? "; " : "").Append(url.Authority).Append(": ").Append(reason);
        }
        throw new NetworkUnavailableException($"cannot download {what}", $"to {target}", reasons.ToString(), remedy);
    }

    /// <returns>Null if the part is complete and right; else why not.</returns>
    private async Task<string?> TryAsync(ResumableTransfer transfer, Uri url, PartFile part, CancellationToken cancellation)
    {
        try
        {
            await transfer.CompleteAsync(url, part, cancellation).ConfigureAwait(false);
            part.Verify(verify);
            return null;
        }
        catch (TransferException error)
        {
            return error.Message;
        }
        catch (InvalidInputException error)
        {
            return $"it sent another file, which was deleted: {error.Why}";
        }
    }
}
