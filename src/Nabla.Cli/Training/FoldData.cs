namespace Nabla.Cli;

/// <summary>The data of an ensemble, which are divided into folds.</summary>
/// <param name="Train">All training data.</param>
/// <param name="Test">The data on which the ensemble is measured at the end; null if there are none.</param>
/// <param name="Source">The source of the training data.</param>
/// <param name="Other">The data given with --validation; null if none were given.</param>
internal sealed record FoldData(Dataset Train, Dataset? Test, LoadedData Source, DataRequest? Other)
{
    /// <summary>The arguments with which <c>nabla evaluate</c> uses the test examples.</summary>
    public string TestArguments => (Other ?? Source.Request).ToArguments(withTarget: false);

    /// <summary>The examples on which the ensemble is measured, and what they are; null if there are none.</summary>
    public MeasuredExamples? Measured => Test is null ? null
        : Other is null ? MeasuredExamples.Test(Test, Source.Request.Name!)
        : MeasuredExamples.All(Test, $"the {Test.Count} examples of {Other.Name}");

    /// <summary>Loads data.</summary>
    /// <param name="request">Which data.</param>
    /// <param name="validation">Other data to measure the ensemble on; null for the test examples of the data, if there are any.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="UsageException"><paramref name="validation"/> is a fraction.</exception>
    public static FoldData Load(DataRequest request, string? validation, TrainingPlan plan, Terminal terminal)
    {
        if (validation is not null && TrainingData.IsFraction(validation))
        {
            throw new UsageException(
                $"--members and --validation {validation} contradict each other",
                "the folds take its place: each member is measured on a fold from which it does not learn", "Omit --validation.");
        }
        var source = new DataSource(terminal);
        request = plan.Complete(request);
        var loaded = source.LoadForTraining(request, plan.Encoding);
        if (validation is null)
            return new(loaded.Train, loaded.Test, loaded, null);
        var (measured, other) = TrainingData.LoadOther(validation, request, loaded, source);
        return new(loaded.Train, measured, loaded, other);
    }
}
