namespace Nabla;

/// <summary>How far a download has come. Immutable.</summary>
/// <param name="Bytes">Bytes that lie on disk, those of earlier attempts included.</param>
/// <param name="Total">Length of the whole file in bytes, if the server has told it.</param>
public readonly record struct DownloadProgress(long Bytes, long? Total);
