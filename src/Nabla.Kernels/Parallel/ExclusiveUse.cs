namespace Nabla.Kernels;

/// <summary>Detects that an object which serves one thread at a time is used by two at once.</summary>
/// <param name="subject">What the object is, for the message.</param>
internal sealed class ExclusiveUse(string subject)
{
    private int isInUse;

    /// <summary>Begins a use, which ends when the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another use has not ended.</exception>
    public Use Enter() => Interlocked.CompareExchange(ref isInUse, 1, 0) == 0
        ? new Use(this)
        : throw new InvalidOperationException($"This {subject} is in use by another call, and serves one at a time: use one for each thread.");

    /// <summary>A use that has begun.</summary>
    public readonly ref struct Use(ExclusiveUse owner)
    {
        public void Dispose() => Volatile.Write(ref owner.isInUse, 0);
    }
}
