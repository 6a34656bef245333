namespace Nabla.Cli;

/// <summary>Chooses the examples on which a saved model is measured.</summary>
internal static class ExampleChoice
{
    /// <summary>Whether the training run held out some of these examples.</summary>
    public static bool HasHeldOut(Model model, LoadedData loaded) =>
        model.Members.Count == 0 && WasTrainedOn(model, loaded.Train)
        && ModelNotes.ReadHeldOut(model) is { } fraction && fraction != ModelNotes.NothingHeldOut;

    /// <summary>The examples that the training run held out.</summary>
    /// <exception cref="UsageException">It held out none of these data.</exception>
    public static MeasuredExamples HeldOut(Model model, LoadedData loaded)
    {
        if (model.Members.Count > 0)
        {
            throw new UsageException(
                "cannot use --held-out", $"the model is an ensemble, an average of {model.Members.Count}: each example was learned by all "
                + "members but one, and the training run has printed the estimate from its folds",
                "Measure on other data, without --held-out.");
        }
        if (ModelNotes.ReadHeldOut(model) is not { } fraction || fraction == ModelNotes.NothingHeldOut)
        {
            throw new UsageException(
                "cannot use --held-out", "the training run of this model held out no examples", "Omit --held-out.");
        }
        if (!WasTrainedOn(model, loaded.Train))
        {
            throw new UsageException(
                "cannot use --held-out", $"the model was trained on other data than {loaded.Request.Name}",
                "Use the file that it was trained on, or omit --held-out to measure on all examples.");
        }
        int[] rows = TrainingData.HeldOutRows(loaded.Train, fraction, model.Options.Seed);
        return MeasuredExamples.HeldOut(loaded.Train.Select(rows), rows, loaded);
    }

    /// <summary>The test examples of the data, or all examples if there are none.</summary>
    public static MeasuredExamples Choose(Model model, LoadedData loaded, Terminal terminal)
    {
        if (loaded.Test is { } test)
            return MeasuredExamples.Test(test, loaded.Request.Name!);
        bool isLearned = true;
        if (model.Notes.TryGetValue(ModelNotes.FoldsOf, out string? folds) && folds == loaded.Train.Fingerprint)
        {
            terminal.Inform(
                "The model was trained on these examples, and predicts them better than new ones. The estimate from its folds, which the "
                + "training run has printed, does not have this fault.");
        }
        else if (WasTrainedOn(model, loaded.Train))
        {
            terminal.Inform(ModelNotes.ReadHeldOut(model) == ModelNotes.NothingHeldOut
                ? "The model was trained on these examples, and predicts them better than new ones."
                : "The model was trained on some of these examples, and predicts them better than new ones. "
                    + "Use --held-out to measure on those that the training run held out.");
        }
        else
        {
            isLearned = false;
        }
        return MeasuredExamples.Train(loaded, isLearned);
    }

    /// <summary>Whether the model was trained on other examples than these, as far as it knows.</summary>
    public static bool IsOtherThanTrained(Model model, Dataset examples) =>
        (model.Notes.TryGetValue(ModelNotes.HeldOutOf, out string? fingerprint)
            || model.Notes.TryGetValue(ModelNotes.FoldsOf, out fingerprint)) && fingerprint != examples.Fingerprint;

    /// <summary>Whether the model says which examples it was trained on.</summary>
    public static bool KnowsTrainingData(Model model) =>
        model.Notes.ContainsKey(ModelNotes.HeldOutOf) || model.Notes.ContainsKey(ModelNotes.FoldsOf);

    private static bool WasTrainedOn(Model model, Dataset examples) =>
        model.Notes.TryGetValue(ModelNotes.HeldOutOf, out string? fingerprint) && fingerprint == examples.Fingerprint;
}
