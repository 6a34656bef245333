using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Nabla.Studio;

/// <summary>What the page for training asks for.</summary>
internal sealed class TrainRoutes(Studio studio)
{
    public void AddTo(Router router)
    {
        router.Get("/api/catalogue", context => Json.WriteAsync(context, Catalogue(), StudioJson.Default.CatalogueMessage));
        router.Get(
            "/api/runs", context => Json.WriteAsync(context, studio.Workshop.Past(), StudioJson.Default.IReadOnlyListPastRunMessage));
        router.Post("/api/runs/forget", Forget);
        router.Post("/api/run", Start);
        router.Post("/api/run/command", Command);
        router.Post("/api/run/change", Change);
        router.Post("/api/code", Code);
        router.Post("/api/upload", Upload);
        router.Get("/api/points", Points);
        foreach (var shape in Shape.All)
        {
            router.Get($"/api/files/{shape.Name}.csv", context => WriteTable(context, shape.TrainTable));
            router.Get($"/api/files/{shape.Name}-test.csv", context => WriteTable(context, shape.TestTable));
        }
    }

    /// <summary>Answers with the number of a run, or says that another one goes on.</summary>
    public static Task Answer(HttpContext context, int? run) => run is { } number
        ? Json.WriteAsync(context, new RunAnswer(number), StudioJson.Default.RunAnswer)
        : Conflict(context, "another run goes on", "Stop it first: one network is trained at a time.");

    private CatalogueMessage Catalogue() => new(
        studio.Shelf.List(), Kinds(Activation.Elementwise),
        [.. Loss.All.Select(kind => new KindMessage(kind.Name, kind.Description, TakesClasses: kind.TakesClasses))],
        [.. OptimizerOptions.All.Select(kind => new KindMessage(kind.Name, kind.Description, kind.LearningRate))],
        Kinds(Schedule.All), Kinds(Initialization.All));

    private static KindMessage[] Kinds(IEnumerable<Kind> kinds) => [.. kinds.Select(kind => new KindMessage(kind.Name, kind.Description))];

    private async Task Start(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunRequest) is not { } request)
            return;
        var options = studio.Parse(request.Options);
        string layers = options.Hidden.Count == 0 ? "no hidden layer" : $"{string.Join(",", options.Hidden)} {options.Activation.Name}";
        string title = $"{layers}, {options.Optimizer.Name} {options.Optimizer.LearningRate}";
        await Answer(context, studio.Workshop.TryStart(
            new RunPlan(title, () => studio.Shelf.Load(request.Data, request.Target, options.Seed), options)
            {
                Start = request.Start, Pace = request.Pace,
            }));
    }

    private async Task Command(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunCommand) is not { } message)
            return;
        bool done = message.Command == "reset"
            ? studio.Workshop.Reset()
            : studio.Workshop.Steer(control => control.Command(message.Command));
        await Steered(context, done);
    }

    private async Task Change(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunChange) is not { } message)
            return;
        await Steered(context, studio.Workshop.Steer(control =>
        {
            if (message.Pace is { } pace)
                control.Pace = pace;
            if (message.RateFactor is { } factor)
                control.RateFactor = factor;
        }));
    }

    private Task Steered(HttpContext context, bool done) => done
        ? Answer(context, studio.Workshop.Current?.View.Run ?? 0)
        : Conflict(context, "the run is not in a state for this command", "Start a run, or wait until it has stopped.");

    private Task Forget(HttpContext context)
    {
        studio.Workshop.Forget();
        return Json.WriteAsync(context, studio.Workshop.Past(), StudioJson.Default.IReadOnlyListPastRunMessage);
    }

    private async Task Code(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunRequest) is not { } request)
            return;
        var options = studio.Parse(request.Options);
        var data = studio.Shelf.Load(request.Data, request.Target, options.Seed);
        await Json.WriteAsync(context, RunOptions.Code(data, request.Options), StudioJson.Default.CodeMessage);
    }

    private async Task Upload(HttpContext context)
    {
        if (context.Request.ContentType != "application/octet-stream")
        {
            await SecurityMiddleware.Refuse(
                context, new(StatusCodes.Status415UnsupportedMediaType, "The body must be application/octet-stream."));
            return;
        }
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Limits.UploadBytes;
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        string name = context.Request.Query["name"] is [{ } given] ? given : "";
        studio.Shelf.Upload = new Upload(name, content.ToArray());
        await Json.WriteAsync(context, Catalogue(), StudioJson.Default.CatalogueMessage);
    }

    private Task Points(HttpContext context) => studio.Workshop.Current is { Data: { } data } && PointSet.Fits(data.Train)
        ? Json.WriteAsync(context, PointSet.From(data), StudioJson.Default.PointsMessage)
        : throw new InvalidInputException("cannot draw points", "the data", "they do not have two features", "Choose a shape.");

    private static Task WriteTable(HttpContext context, string table)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        return context.Response.WriteAsync(table, Encoding.UTF8, context.RequestAborted);
    }

    private static Task Conflict(HttpContext context, string why, string remedy) =>
        Json.WriteProblem(context, StatusCodes.Status409Conflict, new("cannot do this now", why, remedy));
}
