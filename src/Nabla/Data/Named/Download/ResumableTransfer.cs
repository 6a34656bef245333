using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Downloads a URL into a part file. Continues an existing part if the server supports it (RFC 9110, 13 and 14).</summary>
internal sealed class ResumableTransfer(HttpClient client, DownloadLimits limits, IProgress<DownloadProgress>? progress)
{
    /// <summary>Downloads the rest of the part.</summary>
    /// <exception cref="TransferException">The server did not deliver the file; the part keeps what can be continued.</exception>
    public async Task CompleteAsync(Uri url, PartFile part, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await AttemptAsync(url, part, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TransferException error) when (error.MayBeContinued && attempt < limits.Attempts)
            {
            }
        }
    }

    private async Task AttemptAsync(Uri url, PartFile part, CancellationToken cancellationToken)
    {
        string? tag = part.TagFrom(url);
        long length = tag is null ? 0 : part.Stream.Length;
        using HttpResponseMessage response = await SendAsync(url, length, tag, cancellationToken).ConfigureAwait(false);
        HttpContentHeaders content = response.Content.Headers;
        long? total;
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when tag is not null && content.ContentRange?.From == part.Stream.Length:
                total = content.ContentRange.Length;
                break;
            case HttpStatusCode.OK:
                // The file has changed, the server does not support ranges, or there was nothing to continue.
                part.BeginAnew(url, response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null);
                total = content.ContentLength;
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when content.ContentRange?.Length == part.Stream.Length:
                return; // The part was complete.
            case HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PartialContent:
                part.BeginAnew(url, null);
                throw new TransferException("it sent a different part than requested", mayBeContinued: true);
            default:
                throw new TransferException($"it answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }
        ThrowIfTooLarge(total ?? 0, part);
        await CopyAsync(response, part, total, cancellationToken).ConfigureAwait(false);
        ThrowIfTooLarge(part.Stream.Length, part);
        if (total is { } expected && part.Stream.Length != expected)
            throw new TransferException($"the transfer ended after {part.Stream.Length} of {expected} bytes", mayBeContinued: true);
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, long from, string? tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.ParseAdd("identity"); // A compressed copy has different ranges.
        if (tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }
        return await PatientlyAsync(
            token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(HttpResponseMessage response, PartFile part, long? total, CancellationToken cancellationToken)
    {
        Stream body = await PatientlyAsync(token => response.Content.ReadAsStreamAsync(token), cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = body.ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        while (part.Stream.Length <= limits.Bytes)
        {
            int read = await PatientlyAsync(token => body.ReadAsync(buffer, token).AsTask(), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            // Outside the try blocks of the network: if the disk is full, another server does not help.
            part.Append(buffer.AsSpan(0, read));
            progress?.Report(new DownloadProgress(part.Stream.Length, total));
        }
    }

    /// <summary>Waits for one network operation, and turns its failures into a <see cref="TransferException"/>.</summary>
    private async Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        try
        {
            return await step(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransferException($"no answer within {limits.Patience.TotalSeconds:0.#} seconds");
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new TransferException(error.GetBaseException().Message, mayBeContinued: error is IOException, error);
        }
    }

    private void ThrowIfTooLarge(long length, PartFile part)
    {
        if (length <= limits.Bytes)
            return;
        part.Stream.SetLength(0);
        throw new TransferException($"it sends more than {limits.Bytes} bytes");
    }
}
