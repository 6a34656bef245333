namespace Nabla.Studio;

/// <summary>
/// The epochs of a run, of which a long run has millions: at most 512. If there are more, every second one is left out, then all but every
/// fourth, but never the last one. Not thread-safe.
/// </summary>
internal sealed class EpochHistory
{
    private const int Capacity = 512;

    private readonly List<EpochMessage> epochs = [];
    private int stride = 1;

    /// <summary>Incremented whenever epochs were left out, so that old indices mean nothing.</summary>
    public int Generation { get; private set; }

    /// <summary>Number of epochs that are at their index to stay: all, or all but the last one.</summary>
    public int Settled => epochs.Count - (IsLastTemporary ? 1 : 0);

    private bool IsLastTemporary => epochs.Count > 0 && epochs[^1].Epoch % stride != 0;

    /// <summary>Adds the next epoch.</summary>
    public void Add(EpochMessage epoch)
    {
        if (IsLastTemporary)
            epochs.RemoveAt(epochs.Count - 1);
        epochs.Add(epoch);
        if (epochs.Count <= Capacity)
            return;
        stride *= 2;
        epochs.RemoveAll(each => each.Epoch % stride != 0 && each != epoch);
        Generation++;
    }

    /// <summary>The epochs from an index on.</summary>
    public EpochsMessage From(int index) => new(index, epochs[index..]);
}
