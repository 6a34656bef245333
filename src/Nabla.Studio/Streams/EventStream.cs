using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Nabla.Studio;

/// <summary>
/// Server-sent events: the state of the run, its curve and its picture. A client that is slow skips states, and one that accepts nothing
/// is dropped; the thread that trains knows of neither. With the query <c>?brief</c> there are few messages, without curve and picture: for
/// pages that only show that something is being trained.
/// </summary>
/// <param name="workshop">What is sent.</param>
/// <param name="hub">Says when.</param>
/// <param name="readerVersion">The version of the network that reads drawings.</param>
/// <param name="ending">Cancelled when the server stops.</param>
internal sealed class EventStream(Workshop workshop, Hub hub, Func<int> readerVersion, CancellationToken ending)
{
    // 20 messages a second are smooth; each costs the browser 10 ms of a processor, which training lacks.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(42);
    private static readonly TimeSpan BriefInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Sends events until the client leaves.</summary>
    public async Task Serve(HttpContext context)
    {
        bool isBrief = context.Request.Query.ContainsKey("brief");
        if (hub.TryAdd(Limits.Streams, wantsPictures: !isBrief) is not { } listener)
        {
            await SecurityMiddleware.Refuse(
                context, new(StatusCodes.Status429TooManyRequests, $"The studio is open in {Limits.Streams} pages already."));
            return;
        }
        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        try
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await Send(context, listener, isBrief, both.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left, was too slow, or the server stops.
        }
        finally
        {
            hub.Remove(listener);
            if (!context.RequestAborted.IsCancellationRequested && !ending.IsCancellationRequested)
                context.Abort();
        }
    }

    private async Task Send(HttpContext context, SemaphoreSlim listener, bool isBrief, CancellationToken cancellationToken)
    {
        var cursor = new RunCursor();
        PictureMessage? sent = null;
        while (true)
        {
            if (await listener.WaitAsync(Heartbeat, cancellationToken))
            {
                var state = workshop.Current?.View.Read(cursor) ?? new StateMessage(0, "idle");
                if (isBrief)
                    state = state with { Curve = null, NewEpochs = null };
                Write(context, "state", state with { Reader = readerVersion() }, StudioJson.Default.StateMessage);
                if (!isBrief && workshop.Picture is { } picture && picture != sent && picture.Run == state.Run)
                    Write(context, "picture", sent = picture, StudioJson.Default.PictureMessage);
            }
            else
            {
                context.Response.BodyWriter.Write(":\n\n"u8);
            }
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Limits.SendTime);
            await context.Response.BodyWriter.FlushAsync(patience.Token);
            await Task.Delay(isBrief ? BriefInterval : Interval, cancellationToken);
        }
    }

    private static void Write<T>(HttpContext context, string name, T message, JsonTypeInfo<T> type)
    {
        var writer = context.Response.BodyWriter;
        writer.Write(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(message, type));
        writer.Write("\n\n"u8);
    }
}
