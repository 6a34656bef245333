using System.Net;
using System.Text.Json;

namespace Nabla.Studio.Tests;

/// <summary>Tasks are judged by what really ran: a client chooses the values of the controls, and claims nothing.</summary>
public sealed class LessonTests(StudioFixture studio) : IClassFixture<StudioFixture>
{
    private static readonly Dictionary<string, string> Neuron =
        new() { ["data"] = "clouds", ["learning-rate"] = "0.1", ["epochs"] = "20" };

    [Fact]
    public async Task Each_lesson_has_a_title_controls_and_starts_with_their_values()
    {
        var lessons = (await studio.Get("/api/lessons")).EnumerateArray().ToArray();
        Assert.Equal(6, lessons.Length);
        foreach (var lesson in lessons)
        {
            await studio.Clean();
            int number = lesson.GetProperty("lesson").GetInt32();
            var choices = lesson.GetProperty("controls").EnumerateArray().ToDictionary(
                control => control.GetProperty("name").GetString()!, control => control.GetProperty("value").GetString()!);
            await studio.Post("/api/lessons/run", new { lesson = number, choices });
            await StudioFixture.Until(() => studio.State().State is not "preparing");
            Assert.Equal("", studio.State().Problem?.ToString() ?? "");
            Assert.Equal(number, studio.State().Lesson);
        }
    }

    [Fact]
    public async Task Without_a_run_nothing_is_solved_whatever_is_answered()
    {
        await studio.Clean();
        for (int lesson = 1; lesson <= 6; lesson++)
            Assert.Contains("No run of this lesson", await Why(lesson, isSolved: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_of_other_pages_and_lessons_do_not_count()
    {
        await studio.Clean();
        await studio.Start("clouds", new() { ["layers"] = "none", ["optimizer"] = "sgd", ["learning-rate"] = "0.1", ["epochs"] = "20" });
        await Finished();
        Assert.Contains("No run of this lesson", await Why(1, isSolved: false), StringComparison.Ordinal);
        await Run(4, new() { ["learning-rate"] = "0.1" });
        Assert.Contains("No run of this lesson", await Why(1, isSolved: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_goes_on_is_stopped_or_steered_does_not_count()
    {
        await studio.Clean();
        Dictionary<string, string> slow = new() { ["activation"] = "sigmoid", ["init"] = "standard-normal", ["loss"] = "quadratic" };
        await Run(2, slow, steer: async () =>
        {
            await studio.Post("/api/run/command", new { command = "pause" });
            Assert.Contains("still goes on", await Why(2, isSolved: false), StringComparison.Ordinal);
            await studio.Post("/api/run/change", new { rateFactor = 2 });
            await studio.Post("/api/run/command", new { command = "resume" });
        });
        Assert.Equal("finished", studio.State().State);
        Assert.Contains("No run of this lesson", await Why(2, isSolved: false), StringComparison.Ordinal);
        await Run(2, slow, steer: () => studio.Post("/api/run/command", new { command = "stop" }));
        Assert.Equal("stopped", studio.State().State);
        Assert.Contains("No run of this lesson", await Why(2, isSolved: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_neuron_has_to_meet_both_data_with_the_same_settings()
    {
        await studio.Clean();
        await Run(1, Neuron);
        Assert.Contains("Now train the same neuron on XOR", await Why(1, isSolved: false), StringComparison.Ordinal);
        await Run(1, new(Neuron) { ["data"] = "xor", ["epochs"] = "10" });
        Assert.Contains("Now train the same neuron on XOR", await Why(1, isSolved: false), StringComparison.Ordinal);
        await Run(1, new(Neuron) { ["data"] = "xor", ["learning-rate"] = "1e-1" }); // the same rate in other words
        Assert.Contains("no straight line", await Why(1, isSolved: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layers", "8", "no such control")]
    [InlineData("data", "moons", "not one of the lesson")]
    [InlineData("data", null, "it has no value")]
    [InlineData("epochs", "1000000", "not one of the lesson")]
    [InlineData("learning-rate", "", "not a number")]
    [InlineData("learning-rate", "NaN", "not a number")]
    [InlineData("learning-rate", "-1", "learning-rate")]
    [InlineData("learning-rate", "1e300", "learning-rate")]
    public async Task Other_values_than_those_of_the_controls_are_refused(string name, string? value, string expected)
    {
        await studio.Clean();
        var choices = new Dictionary<string, string?>(Neuron!) { [name] = value };
        var problem = await studio.Post("/api/lessons/run", new { lesson = 1, choices }, HttpStatusCode.UnprocessableEntity);
        Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.Null(studio.Server.Studio.Workshop.Current);
    }

    [Fact]
    public void Overfitting_is_the_distance_between_two_losses()
    {
        var lesson = LessonList.Find(5);
        var overfitted = Ended(1, loss: 0.02, heldOut: 1.9, accuracy: 0.83, ("epochs", "300"), ("l2", "0"), ("dropout", "0"));
        var worse = Ended(2, loss: 0.4, heldOut: 0.5, accuracy: 0.8, ("epochs", "10"), ("l2", "0"), ("dropout", "0"));
        var mended = Ended(3, loss: 0.2, heldOut: 0.4, accuracy: 0.85, ("epochs", "300"), ("l2", "1"), ("dropout", "0"));
        Assert.Contains("overfit until", Judge(lesson, worse).Why, StringComparison.Ordinal);
        Assert.Contains("a remedy must not be worse", Judge(lesson, overfitted, worse).Why, StringComparison.Ordinal);
        Assert.True(Judge(lesson, overfitted, worse, mended).IsSolved);
    }

    [Fact]
    public void A_run_that_diverged_fails_and_rates_far_apart_are_refused()
    {
        var lesson = LessonList.Find(4);
        var learns = Ended(1, loss: 0.1, heldOut: 0.1, accuracy: 0.99, ("learning-rate", "1"));
        var far = Ended(2, loss: 0, heldOut: 0, accuracy: 0, ("learning-rate", "50")) with
        {
            HasDiverged = true, State = "failed", Epochs = [],
        };
        var near = Ended(3, loss: 0.7, heldOut: 0.7, accuracy: 0.5, ("learning-rate", "4"));
        Assert.Contains("No run has failed yet", Judge(lesson, learns).Why, StringComparison.Ordinal);
        Assert.Contains("50.0 times apart", Judge(lesson, learns, far).Why, StringComparison.Ordinal);
        Assert.True(Judge(lesson, learns, far, near).IsSolved);
    }

    [Fact]
    public void Cross_entropy_has_to_be_two_epochs_earlier_at_the_same_rate()
    {
        var lesson = LessonList.Find(3);
        LessonRun With(int run, string loss, string rate, params double[] accuracies) =>
            Ended(run, 1, 1, 0, ("loss", loss), ("learning-rate", rate)) with
            {
                Epochs = [.. accuracies.Select((accuracy, i) => new EpochMessage(i, 1, 1, accuracy))],
            };
        var quadratic = With(1, "quadratic", "0.1", 0.6, 0.7, 0.81, 0.82, 0.83);
        Assert.Contains(
            "one with each loss", Judge(lesson, quadratic, With(2, "cross-entropy", "0.2", 0.85)).Why, StringComparison.Ordinal);
        Assert.Contains(
            "2 epochs fewer", Judge(lesson, quadratic, With(2, "cross-entropy", "0.10", 0.7, 0.85)).Why, StringComparison.Ordinal);
        Assert.True(Judge(lesson, quadratic, With(2, "cross-entropy", "0.10", 0.85)).IsSolved);
    }

    [Fact]
    public void Two_changes_at_once_do_not_show_what_helps()
    {
        var lesson = LessonList.Find(2);
        LessonRun With(int run, double accuracy, string init, string loss) =>
            Ended(run, 1, 1, accuracy, ("activation", "sigmoid"), ("init", init), ("loss", loss));
        var stalled = With(1, 0.3, "standard-normal", "quadratic");
        Assert.Contains(
            "2 settings at once", Judge(lesson, stalled, With(2, 0.9, "scaled", "cross-entropy")).Why, StringComparison.Ordinal);
        Assert.True(Judge(lesson, stalled, With(2, 0.9, "scaled", "quadratic")).IsSolved);
    }

    [Fact]
    public async Task The_slip_is_no_gradient_and_the_right_derivative_is_one()
    {
        var rows = (await studio.Get("/api/lessons/gradients")).GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(4, rows.Length);
        foreach (var row in rows)
        {
            Assert.InRange(row.GetProperty("rightError").GetDouble(), 0, 1e-6);
            Assert.InRange(row.GetProperty("printedError").GetDouble(), 0.1, 1);
            Assert.Equal(row.GetProperty("differences").GetDouble(), row.GetProperty("right").GetDouble(), 5);
            Assert.True(row.GetProperty("printed").GetDouble() > row.GetProperty("right").GetDouble());
        }
    }

    private static LessonVerdict Judge(Lesson lesson, params LessonRun[] runs) =>
        lesson.Check(new LessonEvidence(runs, new Dictionary<string, string>(), () => throw new InvalidOperationException()));

    private static LessonRun Ended(int run, double loss, double heldOut, double accuracy, params (string Name, string Value)[] choices) =>
        new(run, choices.ToDictionary(choice => choice.Name, choice => choice.Value), "finished",
            [new EpochMessage(0, loss, heldOut, accuracy)], HasDiverged: false, IsUnchanged: true);

    private async Task Run(int lesson, Dictionary<string, string> choices, Func<Task>? steer = null)
    {
        await studio.Post("/api/lessons/run", new { lesson, choices });
        if (steer is not null)
            await steer();
        await Finished();
    }

    private static bool HasEnded(string state) => state is not ("preparing" or "running" or "paused");

    private Task Finished() => StudioFixture.Until(() => HasEnded(studio.State().State));

    private async Task<string> Why(int lesson, bool isSolved)
    {
        JsonElement verdict = await studio.Post("/api/lessons/check", new { lesson, answers = new { table = "a", ratio = "18" } });
        Assert.Equal(isSolved, verdict.GetProperty("isSolved").GetBoolean());
        return verdict.GetProperty("why").GetString()!;
    }
}
