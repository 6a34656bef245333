using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>What the page with the lessons asks for.</summary>
internal sealed class LessonRoutes(Studio studio)
{
    private readonly Lock gate = new();
    private GradientsMessage? gradients;

    public void AddTo(Router router)
    {
        router.Get("/api/lessons", context => Json.WriteAsync(
            context, [.. LessonList.All.Select((lesson, i) => lesson.Describe(i + 1))], StudioJson.Default.IReadOnlyListLessonMessage));
        router.Get(
            "/api/lessons/gradients", context => Json.WriteAsync(context, Gradients(), StudioJson.Default.GradientsMessage));
        router.Post("/api/lessons/run", Start);
        router.Post("/api/lessons/check", Check);
    }

    private async Task Start(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.LessonStart) is not { } start)
            return;
        var plan = LessonList.Find(start.Lesson).Plan(start.Lesson, start.Choices, studio.Shelf);
        await TrainRoutes.Answer(context, studio.Workshop.TryStart(plan));
    }

    private async Task Check(HttpContext context)
    {
        if (await Json.ReadAsync(context, StudioJson.Default.LessonCheck) is not { } check)
            return;
        var lesson = LessonList.Find(check.Lesson);
        await Json.WriteAsync(context, Judge(lesson, check), StudioJson.Default.LessonVerdict);
    }

    private LessonVerdict Judge(Lesson lesson, LessonCheck check)
    {
        var all = studio.Workshop.OfLesson(check.Lesson).Select(LessonRun.From).ToArray();
        if (all.FirstOrDefault(run => run.GoesOn) is { } present)
            return new LessonVerdict(false, $"Run {present.Run} still goes on: wait for its end.");
        LessonRun[] counting = [.. all.Where(run => run.Counts)];
        return counting.Length == 0
            ? new LessonVerdict(false, "No run of this lesson has come to its end yet. Start one; a run that is stopped does not count.")
            : lesson.Check(new LessonEvidence(
                counting, check.Answers ?? new Dictionary<string, string>(), Gradients));
    }

    /// <summary>The gradients of the notebook's lesson; computed when they are first needed.</summary>
    private GradientsMessage Gradients()
    {
        lock (gate)
        {
            var options = PageOptions.Read(NotebookLesson.Fixed);
            return gradients ??= GradientTable.Compute(studio.Shelf.Load(studio.Shelf.Default, null, options), options);
        }
    }
}
