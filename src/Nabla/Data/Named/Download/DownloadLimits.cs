namespace Nabla;

/// <summary>When to give up on a server.</summary>
internal sealed record DownloadLimits
{
    /// <summary>The longest wait for the next byte, the first included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest accepted file, in bytes. A server might send data without end.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>How many times a transfer is attempted before the next server is tried.</summary>
    public int Attempts { get; init; } = 4;
}
