namespace Nabla.Cli;

/// <summary>Shows the progress and the result of training an ensemble.</summary>
internal interface IEnsembleView : IProgress<MemberProgress>
{
    /// <summary>Runs the training, and shows its progress meanwhile.</summary>
    /// <returns>The result of <paramref name="training"/>.</returns>
    bool Run(Func<bool> training);

    /// <summary>Called when a member has been trained.</summary>
    void Member(MemberReport report);

    /// <summary>Called when the training has ended and the model is saved.</summary>
    void End(EnsembleResult end);
}

/// <summary>How the training of an ensemble ended.</summary>
/// <param name="OutOfFold">The metrics of each example, predicted by the member that did not learn from it.</param>
/// <param name="Test">The metrics of the ensemble on test data; null if there are none.</param>
/// <param name="Trained">Number of members that were trained.</param>
/// <param name="Members">Number of members that were asked for.</param>
/// <param name="Fingerprint">Fingerprint of the model.</param>
/// <param name="Model">The model file.</param>
/// <param name="Interrupted">Whether a signal ended it.</param>
/// <param name="Next">The next command to try.</param>
internal sealed record EnsembleResult(
    ModelReport OutOfFold, ModelReport? Test, int Trained, int Members, string Fingerprint, string Model, bool Interrupted, string Next);
