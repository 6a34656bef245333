namespace Nabla.Kernels;

/// <summary>Detects that two threads use an object which serves one at a time. A thread may enter again what it has entered.</summary>
/// <param name="subject">What the object is, for the message.</param>
internal sealed class ExclusiveUse(string subject)
{
    private int owner; // the thread that uses the object, or 0

    /// <summary>Begins a use, which ends when the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the object.</exception>
    public Use Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        int found = Interlocked.CompareExchange(ref owner, thread, 0);
        return found == 0 || found == thread
            ? new Use(found == 0 ? this : null)
            : throw new InvalidOperationException(
                $"This {subject} is in use by another call, and serves one at a time: use one for each thread.");
    }

    /// <summary>A use that has begun.</summary>
    /// <param name="owner">What it ends the use of; null if it is within another use.</param>
    public readonly ref struct Use(ExclusiveUse? owner)
    {
        public void Dispose()
        {
            if (owner is not null)
                Volatile.Write(ref owner.owner, 0);
        }
    }
}
