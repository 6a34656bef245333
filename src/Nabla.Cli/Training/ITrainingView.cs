namespace Nabla.Cli;

/// <summary>Shows the progress and the result of a training run.</summary>
internal interface ITrainingView : IProgress<BatchProgress>
{
    /// <summary>Runs the training, and shows its progress meanwhile.</summary>
    /// <returns>The result of <paramref name="training"/>.</returns>
    bool Run(Func<bool> training);

    /// <summary>Called after each epoch.</summary>
    void Epoch(EpochReport report);

    /// <summary>Called when the training run has ended and the model is saved.</summary>
    void End(TrainingResult end);
}

/// <summary>How a training run ended.</summary>
/// <param name="Result">The metrics of the model on test data.</param>
/// <param name="BestEpoch">The epoch whose parameters the model has; null for those of the last step.</param>
/// <param name="Fingerprint">Fingerprint of the model's parameters.</param>
/// <param name="Model">The model file.</param>
/// <param name="Interrupted">Whether a signal ended it.</param>
/// <param name="Next">The next command to try.</param>
internal sealed record TrainingResult(
    ModelReport Result, int? BestEpoch, string Fingerprint, string Model, bool Interrupted, string Next);
