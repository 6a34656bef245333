namespace Nabla.Reference;

/// <summary>Detects concurrent use of an object that keeps buffers between calls. It never waits.</summary>
/// <param name="what">The object, for the exception: "This network".</param>
internal sealed class ExclusiveUse(string what)
{
    private int thread; // the managed id of the thread inside an operation; 0 if there is none

    /// <summary>Begins an operation; disposing of the result ends it.</summary>
    /// <exception cref="InvalidOperationException">An operation has not ended: another thread's, or this thread's own.</exception>
    public Operation Begin()
    {
        int current = Environment.CurrentManagedThreadId;
        int inside = Interlocked.CompareExchange(ref thread, current, 0);
        if (inside != 0)
            throw Refusal(inside == current);
        return new Operation(this);
    }

    /// <summary>Refuses a read during another thread's operation.</summary>
    /// <exception cref="InvalidOperationException">Another thread is inside an operation.</exception>
    public void RequireNoOtherThread()
    {
        int inside = Volatile.Read(ref thread);
        if (inside != 0 && inside != Environment.CurrentManagedThreadId)
            throw Refusal(ownOperation: false);
    }

    private InvalidOperationException Refusal(bool ownOperation) => new(ownOperation
        ? $"{what} is in use: one of its activations or costs calls it back. Such a function must not use the object that calls it."
        : $"{what} is in use by another thread. It keeps buffers between calls: give each thread its own.");

    /// <summary>The time between <see cref="Begin"/> and <see cref="Dispose"/>.</summary>
    public readonly ref struct Operation(ExclusiveUse use)
    {
        public void Dispose() => Volatile.Write(ref use.thread, 0);
    }
}
