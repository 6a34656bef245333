using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>Turns exceptions into answers.</summary>
/// <param name="inform">Writes a line to the terminal.</param>
internal sealed class ProblemMiddleware(Action<string> inform)
{
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        // Too long, too slow, or broken off: Kestrel knows the status.
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await SecurityMiddleware.Refuse(context, new(error.StatusCode, error.Message));
        }
        catch (NablaException error) when (!context.Response.HasStarted)
        {
            await Invalid(context, new(error.What, $"{error.Where}: {error.Why}", error.Remedy));
        }
        catch (InvalidOptionException error) when (!context.Response.HasStarted)
        {
            await Invalid(context, new("these options cannot be used", error.Problem, error.Remedy));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left.
        }
        // The end of the body came before its length.
        catch (EndOfStreamException) when (!context.Response.HasStarted)
        {
            await SecurityMiddleware.Refuse(context, new(StatusCodes.Status400BadRequest, "The body is shorter than its length."));
        }
        // A mistake of this program. The server has no log: the person at the terminal is told, and the page is answered.
        catch (Exception error) when (!context.Response.HasStarted)
        {
            inform($"{context.Request.Path} failed: {error.GetType().Name}: {error.Message}");
            await Json.WriteProblem(context, StatusCodes.Status500InternalServerError, new(
                "the studio failed", $"{error.GetType().Name}: {error.Message}", "This is a mistake in Nabla: please report it."));
        }
    }

    private static Task Invalid(HttpContext context, ProblemMessage problem) =>
        Json.WriteProblem(context, StatusCodes.Status422UnprocessableEntity, problem);
}
