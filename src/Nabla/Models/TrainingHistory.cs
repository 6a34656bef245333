namespace Nabla;

/// <summary>
/// What a model remembers of its training run, epoch by epoch. Of a long run, every second, fourth, … epoch is kept, always with the last
/// and the best one, so that a file stays small. Immutable, and so safe for concurrent use.
/// </summary>
public sealed class TrainingHistory
{
    // What a file holds of all epochs together: a record has about one number for each layer and a few others.
    private const int MostNumbers = 100_000;
    private const int NumbersBesideLayers = 4;

    private TrainingHistory(IReadOnlyList<EpochRecord> epochs, int? bestEpoch) => (Epochs, BestEpoch) = (epochs, bestEpoch);

    /// <summary>No epoch: of a model that was not trained here, or was saved by a version that kept no history.</summary>
    public static TrainingHistory Empty { get; } = new([], null);

    /// <summary>The most epochs of a history of few layers; fewer are kept if there are many layers.</summary>
    public static int MostEpochs => 1000;

    /// <summary>The epochs, in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; }

    /// <summary>
    /// The best epoch, if the training run keeps its parameters; null if it keeps those of the last step. A model that was saved before the
    /// run ended has the parameters of its last step, whatever the best epoch is.
    /// </summary>
    public int? BestEpoch { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Epochs.Count} {(Epochs.Count == 1 ? "epoch" : "epochs")}"
        + (BestEpoch is { } best ? $", best epoch {best}" : "");

    /// <summary>The history with one more epoch.</summary>
    /// <param name="record">The epoch, after all that are there.</param>
    /// <param name="bestEpoch">
    /// The best epoch so far. It is left out if the history has no record of it, as in files of older versions.
    /// </param>
    /// <param name="layers">Layers of the network.</param>
    internal TrainingHistory With(EpochRecord record, int? bestEpoch, int layers)
    {
        // Which epochs are kept depends on the last epoch alone, so that a resumed run has the history of an uninterrupted one.
        int stride = 1;
        while (record.Epoch / stride >= Room(layers))
            stride *= 2;
        EpochRecord[] kept = [.. Epochs.Where(epoch => epoch.Epoch % stride == 0 || epoch.Epoch == bestEpoch), record];
        return new(kept, kept.Any(epoch => epoch.Epoch == bestEpoch) ? bestEpoch : null);
    }

    /// <summary>A history from a file.</summary>
    /// <exception cref="FormatException">The epochs are not in order, or are more than a history has.</exception>
    internal static TrainingHistory From(IReadOnlyList<EpochRecord> epochs, int? bestEpoch, int layers)
    {
        // Beside those of the stride, the best and the last one.
        if (epochs.Count > Room(layers) + 2)
            throw new FormatException($"a history of {layers} layers has at most {Room(layers) + 2} epochs, not {epochs.Count}");
        for (int i = 0; i < epochs.Count; i++)
        {
            if (epochs[i].Epoch < 0 || (i > 0 && epochs[i].Epoch <= epochs[i - 1].Epoch))
                throw new FormatException($"epoch {epochs[i].Epoch} of its history is not in order");
            if (epochs[i].Layers.Count != 0 && epochs[i].Layers.Count != layers)
                throw new FormatException($"epoch {epochs[i].Epoch} of its history has {epochs[i].Layers.Count} layers, not {layers}");
        }
        if (bestEpoch is { } best && !epochs.Any(epoch => epoch.Epoch == best))
            throw new FormatException($"its history lacks the best epoch, {best}");
        return new([.. epochs], bestEpoch);
    }

    private static int Room(int layers) => Math.Clamp(MostNumbers / (2 * layers + NumbersBesideLayers), 10, MostEpochs);
}
