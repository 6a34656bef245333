namespace Nabla.Studio;

/// <summary>
/// The epochs of a run, of which a long run has millions: at most 4,096. If there are more, every second one is left out, then all but
/// every fourth, but never the last one. Not thread-safe.
/// </summary>
internal sealed class EpochHistory
{
    private const int Most = 4096;

    private readonly List<EpochMessage> epochs = [];
    private int stride = 1;

    /// <summary>The number of the last epoch; -1 before the first.</summary>
    public int Last => epochs.Count == 0 ? -1 : epochs[^1].Epoch;

    /// <summary>Adds the next epoch.</summary>
    public void Add(EpochMessage epoch)
    {
        if (epochs.Count > 0 && Last % stride != 0)
            epochs.RemoveAt(epochs.Count - 1);
        epochs.Add(epoch);
        if (epochs.Count <= Most)
            return;
        stride *= 2;
        epochs.RemoveAll(each => each.Epoch % stride != 0 && each != epoch);
    }

    /// <summary>The epochs after one, of those that are kept.</summary>
    public IReadOnlyList<EpochMessage> After(int epoch)
    {
        int first = epochs.FindLastIndex(each => each.Epoch <= epoch) + 1;
        return epochs[first..];
    }
}
