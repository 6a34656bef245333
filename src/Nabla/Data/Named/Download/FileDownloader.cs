using System.Text;

namespace Nabla;

/// <summary>
/// Downloads a file from one of several servers. Downloads can be resumed, and are verified before the file gets its name. Several
/// processes may download the same file at once.
/// </summary>
/// <param name="what">Name of the file in messages, e.g. <c>MNIST</c>.</param>
/// <param name="urls">The URLs of the file, in the order in which they are tried.</param>
/// <param name="verify">Throws <see cref="InvalidInputException"/> if the file at a path is not the expected one.</param>
/// <param name="remedy">What a user without a network connection can do, as a sentence.</param>
internal sealed class FileDownloader(string what, IReadOnlyList<Uri> urls, Action<string> verify, string remedy)
{
    /// <summary>When to give up on a server.</summary>
    public DownloadLimits Limits { get; init; } = new();

    /// <summary>Sends the requests; null for the default handler. It is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Writes the file.</summary>
    public IFileOutput Output { get; init; } = SystemFileOutput.Instance;

    /// <summary>Downloads the file to <paramref name="target"/>, whose folder is created if necessary.</summary>
    /// <exception cref="DownloadException">No server delivered the file; the message has the reason for each server.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the part is kept, and the next download continues it.</exception>
    public async Task DownloadAsync(string target, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        using var client = Handler is null ? new HttpClient() : new HttpClient(Handler, disposeHandler: false);
        client.Timeout = Timeout.InfiniteTimeSpan; // Each step has its own timeout.
        using PartFile part = PartFile.Open(target, Output);
        var transfer = new ResumableTransfer(client, Limits, progress);
        var reasons = new StringBuilder();
        foreach (Uri url in urls)
        {
            string? reason = await TryAsync(transfer, url, part, cancellationToken).ConfigureAwait(false);
            if (reason is null)
            {
                part.Publish(target);
                return;
            }
            reasons.Append(reasons.Length > 0 ? "; " : "").Append(url.Authority).Append(": ").Append(reason);
        }
        throw new DownloadException($"cannot download {what}", $"to {target}", reasons.ToString(), remedy);
    }

    /// <returns>Null if the part is complete and correct, otherwise the reason.</returns>
    private async Task<string?> TryAsync(ResumableTransfer transfer, Uri url, PartFile part, CancellationToken cancellationToken)
    {
        try
        {
            await transfer.CompleteAsync(url, part, cancellationToken).ConfigureAwait(false);
            part.Verify(verify);
            return null;
        }
        catch (TransferException error)
        {
            return error.Message;
        }
        catch (InvalidInputException error)
        {
            return $"it sent a different file, which was deleted: {error.Why}";
        }
    }
}
