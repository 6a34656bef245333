namespace Nabla;

/// <summary>
/// Limits how many bytes an array, a tensor, a picture or an encoded table may take in memory. A compressed file can be a thousand times
/// larger there than on disk. Set a limit when files come from untrusted sources.
/// </summary>
/// <remarks>
/// Holds for the current thread and for what it starts (<see cref="AsyncLocal{T}"/>); other threads keep their own limit. Without one,
/// only memory is the limit. A file that needs more is refused before the memory is allocated.
/// </remarks>
/// <example><code>using (ReadLimit.Use(100 &lt;&lt; 20)) model = Model.Load(path);</code></example>
public static class ReadLimit
{
    private static readonly AsyncLocal<long?> Current = new();

    /// <summary>The limit in bytes; <see cref="long.MaxValue"/> without any.</summary>
    public static long Bytes => Current.Value ?? long.MaxValue;

    /// <summary>Sets the limit until the result is disposed.</summary>
    /// <param name="bytes">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is not positive.</exception>
    public static IDisposable Use(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        var scope = new Scope(Current.Value);
        Current.Value = bytes;
        return scope;
    }

    /// <summary>Why something is too large, for the message of a reader; null if it is not.</summary>
    /// <param name="bytes">What it would take in memory.</param>
    public static string? WhyNot(long bytes) =>
        bytes > Bytes ? $"it takes {bytes} bytes in memory, and the limit is {Bytes}" : null;

    /// <summary>The remedy.</summary>
    internal const string Raise = "If you trust where the file comes from, raise the limit.";

    private sealed class Scope(long? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
