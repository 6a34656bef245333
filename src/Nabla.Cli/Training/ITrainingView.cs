namespace Nabla.Cli;

/// <summary>Shows a training run: its batches, its epochs, its end.</summary>
internal interface ITrainingView : IProgress<BatchProgress>
{
    /// <summary>Runs the training, with whatever has to be on the screen meanwhile.</summary>
    /// <returns>What the training returns.</returns>
    bool Run(Func<bool> training);

    /// <summary>An epoch has ended.</summary>
    void Epoch(EpochReport report);

    /// <summary>The training run has ended and the model is saved.</summary>
    void End(TrainingEnd end);
}

/// <summary>How a training run ended.</summary>
/// <param name="Result">The model measured on data that it has not learned from.</param>
/// <param name="Fingerprint">Fingerprint of the model's parameters.</param>
/// <param name="Model">Where it was saved.</param>
/// <param name="Interrupted">Whether a signal ended it.</param>
/// <param name="Next">The next command to try.</param>
internal sealed record TrainingEnd(ModelReport Result, string Fingerprint, string Model, bool Interrupted, string Next);
