namespace Nabla;

/// <summary>Keeps scratch buffers between calls, so that any number of threads can predict at once without allocating each time.</summary>
/// <typeparam name="T">The buffers of one call.</typeparam>
internal sealed class ScratchPool<T>
    where T : class
{
    // References in a cache line: neighbours would slow each other down.
    private const int Distance = 8;

    private readonly T?[] slots = new T?[(Environment.ProcessorCount + 1) * Distance];

    /// <summary>Takes buffers that an earlier call has left, preferably on this processor; null if there are none.</summary>
    public T? Rent()
    {
        int own = Slot();
        if (Interlocked.Exchange(ref slots[own], null) is { } scratch)
            return scratch;
        for (int slot = 0; slot < slots.Length; slot += Distance)
        {
            if (Interlocked.Exchange(ref slots[slot], null) is { } other)
                return other;
        }
        return null;
    }

    /// <summary>Leaves buffers for the next call; those that are there already are dropped.</summary>
    public void Return(T scratch) => Volatile.Write(ref slots[Slot()], scratch);

    private static int Slot() => Thread.GetCurrentProcessorId() % Environment.ProcessorCount * Distance;
}
