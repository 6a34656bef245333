namespace Nabla;

/// <summary>A server did not deliver the file; another one may. Never thrown to callers of the downloader.</summary>
internal sealed class TransferException(string message, bool mayBeContinued = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Whether another attempt with the same server may succeed.</summary>
    public bool MayBeContinued { get; } = mayBeContinued;
}
