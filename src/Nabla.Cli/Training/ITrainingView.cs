namespace Nabla.Cli;

/// <summary>Shows a training: its batches, its epochs, its end.</summary>
internal interface ITrainingView : IProgress<BatchProgress>
{
    /// <summary>Trains, with whatever has to be on the screen meanwhile.</summary>
    /// <returns>What the training returns.</returns>
    bool Run(Func<bool> training);

    /// <summary>An epoch is done.</summary>
    void Epoch(EpochReport report);

    /// <summary>The training has ended and the model is saved.</summary>
    void End(TrainingEnd end);
}

/// <summary>How a training ended.</summary>
/// <param name="Result">What the model reaches on data that it has not learned from.</param>
/// <param name="Fingerprint">Of its parameters.</param>
/// <param name="Model">Where it was saved.</param>
/// <param name="Interrupted">Whether Ctrl-C ended it.</param>
/// <param name="Next">The next command to try.</param>
internal sealed record TrainingEnd(Evaluation Result, string Fingerprint, string Model, bool Interrupted, string Next);
