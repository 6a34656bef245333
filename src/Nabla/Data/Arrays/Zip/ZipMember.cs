namespace Nabla;

/// <summary>A member of a zip archive, as the archive's directory describes it. The claims are checked when the content is read.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Flags">Bit 0: encrypted.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Checksum">CRC-32 of the content.</param>
/// <param name="CompressedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes of the content.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
/// <param name="EntryOffset">Where its entry in the directory begins.</param>
internal sealed record ZipMember(
    string Name, int Flags, int Method, uint Checksum, long CompressedLength, long Length, long HeaderOffset, long EntryOffset)
{
    /// <summary>Where the next member's header begins, or the directory: the content ends before it.</summary>
    public long End { get; init; }

    public const int Stored = 0;
    public const int Deflated = 8;

    public bool IsEncrypted => (Flags & 1) != 0;

    /// <summary>Whether checksum and lengths follow the content, and its header leaves them out.</summary>
    public bool HasDescriptor => (Flags & 8) != 0;

    /// <summary>Name of the compression method.</summary>
    public string MethodName => Method switch
    {
        Stored => "stored",
        Deflated => "deflated",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "xz",
        99 => "AES encryption",
        _ => $"method {Method}",
    };
}
