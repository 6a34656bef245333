using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>What the page of mistakes asks for.</summary>
internal sealed class MistakeRoutes(Studio studio)
{
    public void AddTo(Router router)
    {
        router.Post("/api/mistakes", Describe);
        router.Post("/api/mistakes/gallery", List);
        router.Post("/api/mistakes/example", Look);
    }

    private async Task Describe(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.MistakesRequest) is not { } request)
            return;
        var message = await studio.Mistakes.Describe(request.Source, context.RequestAborted);
        await Json.WriteAsync(context, message, StudioJson.Default.MistakesMessage);
    }

    private async Task List(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.MistakeListRequest) is not { } request)
            return;
        var message = await studio.Mistakes.Ask(request.Network, study => study.List(request), context.RequestAborted);
        await (message is null ? Replaced(context) : Json.WriteAsync(context, message, StudioJson.Default.MistakeListMessage));
    }

    private async Task Look(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.MistakeExampleRequest) is not { } request)
            return;
        var (desk, cancellationToken) = (studio.Mistakes, context.RequestAborted);
        var message = await desk.Ask(request.Network, study =>
        {
            study.RequireExample(request.Example);
            return study.Look(request, desk.Nearest(study, request.Space, cancellationToken), cancellationToken);
        }, cancellationToken);
        await (message is null ? Replaced(context) : Json.WriteAsync(context, message, StudioJson.Default.MistakeDetailMessage));
    }

    private static Task Replaced(HttpContext context) => Json.WriteProblem(context, StatusCodes.Status409Conflict, new(
        "cannot show these examples", "the network has been replaced", "Reload the page."));
}
