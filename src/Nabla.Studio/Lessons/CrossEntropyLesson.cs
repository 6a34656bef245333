namespace Nabla.Studio;

/// <summary>Lesson 3: cross-entropy learns in fewer epochs than the quadratic cost.</summary>
internal sealed class CrossEntropyLesson() : Lesson(
    "Cross-entropy against quadratic",
    "30 hidden neurons and 10 outputs, all sigmoids; weights N(0, 1) divided by the root of the inputs; gradient descent in batches "
    + "of 100.",
    "layers 30 activation sigmoid output-activation sigmoid init scaled optimizer sgd batch-size 100 epochs 5 seed 1",
    Choice(Loss, "Loss", "quadratic cross-entropy"),
    Typed(Rate, "Learning rate", "0.001"))
{
    private const string Loss = "loss", Rate = "learning-rate";
    private const double Target = 0.8;
    private const int Fewer = 2;

    public override LessonVerdict Check(LessonEvidence evidence)
    {
        var pairs = (from quadratic in evidence.With((Loss, "quadratic"))
                     from entropy in evidence.With((Loss, "cross-entropy"))
                     where quadratic.Number(Rate) == entropy.Number(Rate)
                     select (Quadratic: quadratic, Entropy: entropy)).ToArray();
        if (pairs.Length == 0)
            return Missing("Two runs are needed, one with each loss, at the same learning rate.");
        foreach (var (quadratic, entropy) in pairs)
        {
            if (entropy.EpochsTo(Target) is { } epochs && epochs + Fewer <= (quadratic.EpochsTo(Target) ?? int.MaxValue - Fewer))
            {
                return Solved($"At a rate of {entropy[Rate]}, cross-entropy reaches {Percent(Target)} after {epochs} "
                    + $"{Plural(epochs)} ({entropy}); quadratic {Reached(quadratic)} ({quadratic}).");
            }
        }
        var best = pairs.MaxBy(pair => pair.Entropy.Accuracy);
        return best.Entropy.EpochsTo(Target) is { } reached
            ? Missing($"At a rate of {best.Entropy[Rate]}, cross-entropy reaches {Percent(Target)} after {reached} {Plural(reached)}, and "
                + $"quadratic {Reached(best.Quadratic)}; the task asks for {Fewer} epochs fewer.")
            : Missing($"At a rate of {best.Entropy[Rate]}, cross-entropy reached {Percent(best.Entropy.Accuracy)} in 5 epochs; the task "
                + $"asks for {Percent(Target)}. Try another learning rate.");
    }

    private static string Reached(LessonRun run) => run.EpochsTo(Target) is { } epochs
        ? $"after {epochs}"
        : $"does not in 5 epochs, and ends at {Percent(run.Accuracy)}";

    private static string Plural(int epochs) => epochs == 1 ? "epoch" : "epochs";
}
