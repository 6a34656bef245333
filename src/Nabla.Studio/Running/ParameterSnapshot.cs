namespace Nabla.Studio;

/// <summary>
/// Passes the parameters of a network in training to the thread that draws it. The thread that trains copies them only when they are
/// wanted, so that training is not held up. Thread-safe.
/// </summary>
internal sealed class ParameterSnapshot(Network network)
{
    private readonly Lock gate = new();
    private readonly float[] copy = new float[network.Parameters.Length];
    private volatile bool isWanted = true;
    private bool isFresh, hasCopy;
    private long step;

    /// <summary>Copies the parameters if they are wanted. Called by the thread that trains.</summary>
    public void Offer(long atStep, bool always = false)
    {
        if (!isWanted && !always)
            return;
        lock (gate)
        {
            network.Parameters.CopyTo(copy);
            (step, isFresh, isWanted, hasCopy) = (atStep, true, false, true);
        }
    }

    /// <summary>Takes the newest copy, and asks for the next one.</summary>
    /// <param name="target">Receives the parameters.</param>
    /// <returns>The step after which the network was like this; null if there is nothing new.</returns>
    public long? Take(Span<float> target)
    {
        lock (gate)
        {
            isWanted = true;
            if (!isFresh)
                return null;
            copy.CopyTo(target);
            isFresh = false;
            return step;
        }
    }

    /// <summary>Reads the newest copy, and leaves it to whoever takes it.</summary>
    /// <param name="target">Receives the parameters.</param>
    /// <returns>The step after which the network was like this; null if there is no copy yet.</returns>
    public long? Read(Span<float> target)
    {
        lock (gate)
        {
            if (!hasCopy)
                return null;
            copy.CopyTo(target);
            return step;
        }
    }

    /// <summary>Whether a copy was made.</summary>
    public bool HasCopy
    {
        get
        {
            lock (gate)
                return hasCopy;
        }
    }
}
