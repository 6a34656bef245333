using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>What the page for single steps asks for.</summary>
internal sealed class StepRoutes(Studio studio)
{
    private readonly StepNetworks networks = new(studio.Workshop, () => studio.Reader, () => studio.ReaderProblem);

    // One at a time, and the last one is kept: a trace of a large network takes memory.
    private readonly Lock gate = new();
    private StepTrace? last;

    public void AddTo(Router router)
    {
        router.Get("/api/steps/networks", context => Json.WriteAsync(context, networks.List(), StudioJson.Default.StepChoices));
        router.Get("/api/steps", context => Json.WriteAsync(context, Answer(context), StudioJson.Default.StepsMessage));
    }

    private StepsMessage Answer(HttpContext context)
    {
        var question = StepQuestion.Parse(context.Request.Query);
        var source = networks.Find(question.Network);
        int example = StepQuestion.Require("the example", question.Example, 1, source.Data.Count);
        lock (gate)
        {
            if (last is null || last.Example != example || !last.Source.Version.Equals(source.Version))
                last = new StepTrace(source, example);
            return new StepAnswer(last, question).Create();
        }
    }
}
