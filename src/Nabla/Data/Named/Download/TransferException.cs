namespace Nabla;

/// <summary>One server did not deliver; another may. It never leaves the downloader.</summary>
internal sealed class TransferException(string message, bool mayBeContinued = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Whether asking the same server again makes sense.</summary>
    public bool MayBeContinued { get; } = mayBeContinued;
}
