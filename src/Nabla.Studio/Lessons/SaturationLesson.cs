namespace Nabla.Studio;

/// <summary>Lesson 2: large initial weights saturate sigmoids, and the quadratic cost then learns slowly.</summary>
internal sealed class SaturationLesson() : Lesson(
    "Why saturation stalls", "30 hidden neurons; each pixel standardized; gradient descent at a rate of 0.2 in batches of 100; 2 epochs.",
    "layers 30 optimizer sgd learning-rate 0.2 batch-size 100 epochs 2 scaling standardize-per-feature seed 1",
    Choice(Activation, "Activation", "sigmoid tanh relu"),
    Choice(
        Init, "Initial weights", new ChoiceMessage("standard-normal", "N(0, 1)"),
        new ChoiceMessage("scaled", "N(0, 1) divided by the root of the inputs"), new ChoiceMessage("xavier", "Xavier")),
    Choice(Loss, "Loss", "quadratic cross-entropy"))
{
    private const string Activation = "activation", Init = "init", Loss = "loss";
    private const double Target = 0.75;

    public override LessonVerdict Check(LessonEvidence evidence)
    {
        if (evidence.With((Activation, "sigmoid"), (Init, "standard-normal"), (Loss, "quadratic")) is not [var stalled, ..])
            return Missing("First train the network as it stands: sigmoid, weights from N(0, 1), quadratic.");
        if (evidence.Runs.Where(run => run.DifferencesFrom(stalled).Count > 0).MaxBy(run => run.Accuracy) is not { } best)
        {
            return Missing($"Run {stalled.Run} stalls: {Percent(stalled.Accuracy)} after two epochs. Now change one of the three settings, "
                + $"and reach {Percent(Target)}.");
        }
        if (best.Accuracy < Target)
            return Missing($"The best change, {best}, reached {Percent(best.Accuracy)}; the task asks for {Percent(Target)}.");
        var single = evidence.Runs.FirstOrDefault(run => run.Accuracy >= Target && run.DifferencesFrom(stalled).Count == 1);
        return single is null
            ? Missing($"Run {best.Run} reached {Percent(best.Accuracy)}, but it changes {best.DifferencesFrom(stalled).Count} settings at "
                + "once. Change one alone, so that you know which one helps.")
            : Solved($"Run {stalled.Run} stalls at {Percent(stalled.Accuracy)}, and {single}, which changes one setting alone, reaches "
                + $"{Percent(single.Accuracy)}.");
    }
}
