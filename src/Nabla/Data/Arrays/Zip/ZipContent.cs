using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Opens the content of a zip member, after checking what the archive claims about it.</summary>
internal static class ZipContent
{
    /// <summary>The largest expansion of deflate: 258 bytes from two bits.</summary>
    public const int MaxExpansion = 1032;

    private const uint LocalSignature = 0x04034b50;
    private const int LocalLength = 30;

    /// <summary>The member's content, decompressed as it is read.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="member">One of its members.</param>
    /// <param name="end">Where the members end and the directory begins.</param>
    /// <param name="location">The archive and the member, for messages.</param>
    /// <exception cref="InvalidInputException">The member is encrypted, its method is unknown, or its sizes are impossible.</exception>
    public static ChecksummedStream Open(SafeFileHandle file, ZipMember member, long end, FileLocation location)
    {
        if (member.IsEncrypted)
            throw location.Error("it is encrypted", "Save it without a password.");
        if (member.Method is not (ZipMember.Stored or ZipMember.Deflated))
            throw location.Error($"it is compressed by {member.MethodName}", "Save it with numpy.savez or numpy.savez_compressed.");
        long start = ContentStart(file, member, end, location);
        if (member.CompressedLength > end - start)
            throw location.Error($"its {member.CompressedLength} bytes extend into the archive's directory", FileLocation.CopyAgain);
        bool isPossible = member.Method == ZipMember.Stored
            ? member.Length == member.CompressedLength
            : member.Length <= member.CompressedLength * MaxExpansion; // no overflow: the compressed bytes are in the file
        if (!isPossible)
            throw location.Error(
                $"{member.CompressedLength} bytes ({member.MethodName}) cannot expand to the {member.Length} that it claims",
                FileLocation.CopyAgain);
        Stream raw = new FileWindow(file, start, member.CompressedLength);
        return new ChecksummedStream(member.Method == ZipMember.Stored ? raw : new DeflateStream(raw, CompressionMode.Decompress));
    }

    /// <summary>
    /// Checks the header before the content, and returns where the content begins. The header's sizes are ignored: writers may omit them.
    /// </summary>
    private static long ContentStart(SafeFileHandle file, ZipMember member, long end, FileLocation location)
    {
        var header = new byte[LocalLength];
        bool isThere = member.HeaderOffset <= end - LocalLength && RandomAccess.Read(file, header, member.HeaderOffset) == LocalLength;
        if (!isThere || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
            throw location.Error(
                $"its header is not at byte {member.HeaderOffset} of the archive, the position in the directory", FileLocation.CopyAgain);
        if (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)) != member.Method)
            throw location.Error("its header and the archive's directory name different compression methods", FileLocation.CopyAgain);
        return member.HeaderOffset + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
    }
}
