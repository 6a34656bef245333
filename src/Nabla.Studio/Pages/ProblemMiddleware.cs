using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>Turns exceptions into answers.</summary>
internal static class ProblemMiddleware
{
    public static async Task Invoke(HttpContext context, RequestDelegate next)
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
    }

    private static Task Invalid(HttpContext context, ProblemMessage problem) =>
        Json.WriteProblem(context, StatusCodes.Status422UnprocessableEntity, problem);
}
