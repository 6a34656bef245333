namespace Nabla;

/// <summary>When to give up on a server.</summary>
internal sealed record DownloadLimits
{
    /// <summary>The longest wait for the next byte, the first included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest file that is accepted, in bytes: a server may send without end.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>How often a broken transfer is taken up again before the next server is asked.</summary>
    public int Attempts { get; init; } = 4;
}
