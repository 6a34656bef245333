namespace Nabla;

/// <summary>The progress of a download. Immutable.</summary>
/// <param name="Bytes">Number of bytes on disk, including those of earlier attempts.</param>
/// <param name="Total">Length of the whole file in bytes; null if the server has not sent it.</param>
public readonly record struct DownloadProgress(long Bytes, long? Total);
