namespace Nabla.Studio;

/// <summary>Lesson 4: between too low and too high.</summary>
internal sealed class LearningRateLesson() : Lesson(
    "The learning rate too high", "16 hidden neurons (ReLU); gradient descent in batches of 32; 40 epochs.",
    "layers 16 activation relu optimizer sgd batch-size 32 epochs 40 seed 1",
    Typed(Rate, "Learning rate", "0.001"))
{
    private const string Rate = "learning-rate";
    private const double Target = 0.95;
    private const double Factor = 4;
    private const double Guessing = 0.693; // ln 2: the loss of a network that gives both classes the same probability.

    protected override string DataName => "moons";

    public override LessonVerdict Check(LessonEvidence evidence)
    {
        var learning = evidence.Runs.Where(run => run.Accuracy >= Target).ToArray();
        if (learning.Length == 0)
        {
            var best = evidence.Runs.MaxBy(run => run.Accuracy)!;
            return Missing($"The best run, {best} at a rate of {best[Rate]}, reached {Percent(best.Accuracy)}; a run that learns reaches "
                + $"{Percent(Target)}.");
        }
        var failing = evidence.Runs.Where(Fails).ToArray();
        var highest = evidence.Runs.MaxBy(run => run.Number(Rate))!;
        if (failing.Length == 0)
        {
            return Missing($"No run has failed yet: at the highest rate so far, {highest[Rate]}, the loss ended at "
                + $"{Rounded(highest.Last.Loss, "0.000")}, not above {Rounded(Guessing, "0.000")}. Go higher.");
        }
        var (low, high) = (from one in learning
                           from other in failing
                           where other.Number(Rate) > one.Number(Rate)
                           orderby other.Number(Rate) / one.Number(Rate)
                           select (one, other)).FirstOrDefault();
        if (low is null)
            return Missing("All rates that failed are below those that learned. Look for a higher one that fails.");
        double factor = high.Number(Rate) / low.Number(Rate);
        return factor > Factor
            ? Missing($"{low[Rate]} learns and {high[Rate]} fails: they are {Rounded(factor, "0.0")} times apart; "
                + $"the task asks for {Rounded(Factor, "0")} at most. Try a rate between them.")
            : Solved($"{low[Rate]} learns ({Percent(low.Accuracy)}, {low}) and {high[Rate]} {HowItFails(high)} ({high}): "
                + $"only {Rounded(factor, "0.0")} times apart.");
    }

    private static bool Fails(LessonRun run) => run.HasDiverged || run.Last.Loss > Guessing;

    private static string HowItFails(LessonRun run) =>
        run.HasDiverged ? "diverges" : $"ends at a loss of {Rounded(run.Last.Loss, "0.000")}";
}
