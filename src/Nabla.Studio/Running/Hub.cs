namespace Nabla.Studio;

/// <summary>Wakes the streams of events when there is something new. Nobody waits for a stream. Thread-safe.</summary>
internal sealed class Hub
{
    private readonly Lock gate = new();
    private readonly List<SemaphoreSlim> listeners = [];
    private readonly HashSet<SemaphoreSlim> watchers = []; // the listeners that want pictures

    /// <summary>Number of streams.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return listeners.Count;
        }
    }

    /// <summary>Whether a stream wants pictures of the network.</summary>
    public bool WantsPictures
    {
        get
        {
            lock (gate)
                return watchers.Count > 0;
        }
    }

    /// <summary>Adds a stream.</summary>
    /// <param name="most">The most streams at a time.</param>
    /// <param name="wantsPictures">Whether it wants pictures of the network.</param>
    /// <returns>Released when there is something new; null if there are too many streams.</returns>
    public SemaphoreSlim? TryAdd(int most, bool wantsPictures = true)
    {
        lock (gate)
        {
            if (listeners.Count >= most)
                return null;
            // The first message is sent at once.
            var listener = new SemaphoreSlim(1);
            listeners.Add(listener);
            if (wantsPictures)
                watchers.Add(listener);
            return listener;
        }
    }

    public void Remove(SemaphoreSlim listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
            watchers.Remove(listener);
        }
    }

    /// <summary>Says that there is something new. It does not matter how often.</summary>
    public void Notify()
    {
        lock (gate)
        {
            foreach (var listener in listeners)
            {
                if (listener.CurrentCount == 0)
                    listener.Release();
            }
        }
    }
}
