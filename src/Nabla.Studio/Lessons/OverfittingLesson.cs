namespace Nabla.Studio;

/// <summary>Lesson 5: a large network learns few points by heart, and remedies.</summary>
internal sealed class OverfittingLesson() : Lesson(
    "Overfitting and its remedies",
    "60 points; two hidden layers of 64 ReLU neurons: 4,482 parameters; AdamW at a rate of 0.01 in batches of 16.",
    "layers 64,64 activation relu optimizer adamw learning-rate 0.01 batch-size 16 seed 1",
    Choice(Epochs, "Epochs", "10 30 100 300"),
    Choice(Decay, "Weight decay", "0 0.1 1 3"),
    Choice(Dropout, "Dropout", "0 0.2 0.5"))
{
    private const string Epochs = "epochs", Decay = "l2", Dropout = "dropout";
    private const double Wide = 1, Narrow = 0.25;

    protected override string DataName => "few-points";

    public override LessonVerdict Check(LessonEvidence evidence)
    {
        var runs = evidence.Runs.Where(run => Gap(run) is not null).ToArray();
        if (runs.MaxBy(run => Gap(run)) is not { } overfitted)
            return Missing("No run has a loss on the held-out points that is a number: start another one.");
        if (Gap(overfitted) < Wide)
        {
            return Missing("The largest gap between the loss on held-out points and that on the training points is "
                + $"{Rounded(Gap(overfitted), "0.00")} ({overfitted}); overfit until it is {Rounded(Wide, "0.0")}.");
        }
        if (runs.Where(run => Gap(run) <= Narrow).MaxBy(run => run.Accuracy) is not { } mended)
        {
            var narrowest = runs.MinBy(run => Gap(run))!;
            return Missing($"Run {overfitted.Run} overfits (gap {Rounded(Gap(overfitted), "0.00")}). The narrowest gap so far is "
                + $"{Rounded(Gap(narrowest), "0.00")} ({narrowest}); close it to {Rounded(Narrow, "0.00")} with decay, dropout "
                + "or an earlier end.");
        }
        return mended.Accuracy < overfitted.Accuracy
            ? Missing($"Run {mended.Run} has a gap of {Rounded(Gap(mended), "0.00")}, but reads {Percent(mended.Accuracy)} of the held-out "
                + $"points right, and the run that overfits {Percent(overfitted.Accuracy)}: a remedy must not be worse.")
            : Solved($"Run {overfitted.Run} overfits (gap {Rounded(Gap(overfitted), "0.00")}, {Percent(overfitted.Accuracy)} held out); "
                + $"{mended} closes the gap to {Rounded(Gap(mended), "0.00")}, with {Percent(mended.Accuracy)}.");
    }

    private static double? Gap(LessonRun run) => run.HasDiverged ? null : run.Last.HeldOutLoss - run.Last.Loss;
}
