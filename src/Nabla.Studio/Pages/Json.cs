using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>Reads and writes messages over HTTP.</summary>
internal static class Json
{
    /// <summary>Reads the body of a request.</summary>
    /// <returns>Null if it was refused; the answer is then written.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (context.Request.ContentType?.Split(';')[0].Trim() != "application/json")
        {
            await SecurityMiddleware.Refuse(context, new(StatusCodes.Status415UnsupportedMediaType, "The body must be application/json."));
            return null;
        }
        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) is { } message)
                return message;
            await WriteProblem(context, StatusCodes.Status400BadRequest, new("cannot read the request", "it is null", "Send an object."));
        }
        catch (JsonException error)
        {
            await WriteProblem(
                context, StatusCodes.Status400BadRequest,
                new("cannot read the request", $"line {error.LineNumber}, byte {error.BytePositionInLine}: it is not the message that is "
                    + "expected here", "Reload the page."));
        }
        return null;
    }

    /// <summary>Answers with a message.</summary>
    public static Task WriteAsync<T>(HttpContext context, T message, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(message, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, 0, content.Length, context.RequestAborted);
    }

    /// <summary>Answers with an error.</summary>
    public static Task WriteProblem(HttpContext context, int status, ProblemMessage problem) =>
        WriteAsync(context, problem, StudioJson.Default.ProblemMessage, status);
}
