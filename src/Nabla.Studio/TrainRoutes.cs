using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Nabla.Studio;

/// <summary>What the page for training asks for.</summary>
internal sealed class TrainRoutes(Studio studio)
{
    // One file at a time: they are kept in memory.
    private int receiving;

    public void AddTo(Router router)
    {
        router.Get("/api/catalogue", context => Json.WriteAsync(context, Catalogue(), StudioJson.Default.CatalogueMessage));
        router.Get(
            "/api/runs", context => Json.WriteAsync(context, studio.Workshop.Past(), StudioJson.Default.IReadOnlyListPastRunMessage));
        router.Post("/api/runs/forget", Forget);
        router.Post("/api/run", Start);
        router.Post("/api/run/command", Command);
        router.Post("/api/run/change", Change);
        router.Post("/api/run/code", CodeOfRun);
        router.Post("/api/code", CodeOfForm);
        router.Post("/api/upload", Upload);
        router.Get("/api/points", Points);
        foreach (var shape in Shape.All.Concat(Shape.ForLessons))
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
        Kinds(Schedule.All), Kinds(Initialization.All))
    {
        Current = studio.Workshop.Current is { Plan: { Lesson: 0, Request: { } request } } ? request : null,
    };

    private static KindMessage[] Kinds(IEnumerable<Kind> kinds) => [.. kinds.Select(kind => new KindMessage(kind.Name, kind.Description))];

    private async Task Start(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunRequest) is not { } request)
            return;
        var options = PageOptions.Read(request.Options);
        string layers = options.Hidden.Count == 0 ? "no hidden layer" : $"{string.Join(",", options.Hidden)} {options.Activation.Name}";
        string title = string.Create(
            CultureInfo.InvariantCulture, $"{layers}, {options.Optimizer.Name} {options.Optimizer.LearningRate}");
        await Answer(context, studio.Workshop.TryStart(
            new RunPlan(title, () => studio.Shelf.Load(request.Data, request.Target, options), options)
            {
                Request = request, Start = request.Start, Pace = request.Pace,
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

    /// <summary>The code of the options in the form.</summary>
    private async Task CodeOfForm(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunRequest) is not { } request)
            return;
        var data = studio.Shelf.Load(request.Data, request.Target, PageOptions.Read(request.Options));
        var code = RunCode.Write(data, request.Options);
        await Json.WriteAsync(context, code with { Note = RunCode.Note(code) }, StudioJson.Default.CodeMessage);
    }

    /// <summary>The code of a run, which the form may have left behind.</summary>
    private async Task CodeOfRun(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.RunQuestion) is not { } question)
            return;
        if (studio.Workshop.Current is not { } run || run.View.Run != question.Run)
            throw new InvalidInputException("cannot show the code", $"run {question.Run}", "it is not the current run", "Reload the page.");
        var code = run.Plan.Request is { } request
            ? RunCode.Write(
                run.Data ?? studio.Shelf.Load(request.Data, request.Target, PageOptions.Read(request.Options)), request.Options)
            : new CodeMessage("", "", []);
        string note = RunCode.Note(run.View.Read(new RunCursor()), code);
        await Json.WriteAsync(context, code with { Note = note }, StudioJson.Default.CodeMessage);
    }

    private async Task Upload(HttpContext context)
    {
        if (context.Request.ContentType != "application/octet-stream")
        {
            await SecurityMiddleware.Refuse(
                context, new(StatusCodes.Status415UnsupportedMediaType, "The body must be application/octet-stream."));
            return;
        }
        if (context.Request.ContentLength is not { } length)
        {
            await SecurityMiddleware.Refuse(context, new(StatusCodes.Status411LengthRequired, "The length of the file must be given."));
            return;
        }
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Limits.UploadBytes;
        if (Interlocked.Exchange(ref receiving, 1) == 1)
        {
            await Conflict(context, "another file is on its way", "Wait until it has arrived.");
            return;
        }
        try
        {
            string name = context.Request.Query["name"] is [{ } given] ? given : "";
            studio.Shelf.Keep(new Upload(name, await ReadFile(context, length)));
        }
        finally
        {
            Volatile.Write(ref receiving, 0);
        }
        await Json.WriteAsync(context, Catalogue(), StudioJson.Default.CatalogueMessage);
    }

    private static async Task<byte[]> ReadFile(HttpContext context, long length)
    {
        if (length > Limits.UploadBytes)
            throw new BadHttpRequestException("The file is too long.", StatusCodes.Status413PayloadTooLarge);
        var content = new byte[length];
        await context.Request.Body.ReadExactlyAsync(content, context.RequestAborted);
        return content;
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
