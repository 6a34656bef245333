namespace Nabla.Studio;

/// <summary>Wakes the streams of events when there is something new. Nobody waits for a stream. Thread-safe.</summary>
internal sealed class Hub
{
    private readonly Lock gate = new();
    private readonly List<SemaphoreSlim> listeners = [];

    /// <summary>Number of streams.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return listeners.Count;
        }
    }

    /// <summary>Adds a stream.</summary>
    /// <returns>Released when there is something new; null if there are too many streams.</returns>
    public SemaphoreSlim? TryAdd(int most)
    {
        lock (gate)
        {
            if (listeners.Count >= most)
                return null;
            // The first message is sent at once.
            var listener = new SemaphoreSlim(1);
            listeners.Add(listener);
            return listener;
        }
    }

    public void Remove(SemaphoreSlim listener)
    {
        lock (gate)
            listeners.Remove(listener);
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
