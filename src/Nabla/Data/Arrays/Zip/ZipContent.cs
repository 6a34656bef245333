using System.Buffers.Binary;
using System.Text;

namespace Nabla;

/// <summary>Opens the content of a zip member, after checking what the archive claims about it.</summary>
internal static class ZipContent
{
    /// <summary>The largest expansion of deflate: 258 bytes from two bits.</summary>
    public const int MaxExpansion = 1032;

    private const int MostNameBytes = 3; // of UTF-8 for a character of UTF-16
    private const uint LocalSignature = 0x04034b50;

    /// <summary>The member's content, decompressed as it is read.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="member">One of its members.</param>
    /// <param name="location">The archive and the member, for messages.</param>
    /// <exception cref="InvalidInputException">The member is encrypted, its method is unknown, or its sizes are impossible.</exception>
    public static ChecksummedStream Open(ByteSource source, ZipMember member, FileLocation location)
    {
        long start = FindStart(source, member, location);
        var raw = new FileWindow(source, start, member.CompressedLength);
        return new ChecksummedStream(member.Method == ZipMember.Stored ? raw : new InflatedStream(raw, () => Damaged(
            start, $"its compressed data end before its {member.CompressedLength} bytes do: the last ones would be hidden", location)));
    }

    /// <summary>Where the content of a member begins in the archive, after the same checks as by <see cref="Open"/>.</summary>
    /// <inheritdoc cref="Open" path="/param"/>
    /// <exception cref="InvalidInputException">Its content is compressed, or the member is damaged.</exception>
    public static long FindStored(ByteSource source, ZipMember member, FileLocation location)
    {
        if (member.Method == ZipMember.Deflated)
        {
            throw location.Error(
                "it is compressed, and only uncompressed arrays can be read from disk row by row",
                "Save it with numpy.savez, which does not compress, instead of numpy.savez_compressed.");
        }
        return FindStart(source, member, location);
    }

    private static long FindStart(ByteSource source, ZipMember member, FileLocation location)
    {
        if (member.IsEncrypted)
            throw location.ErrorInFile(member.EntryOffset, "it is encrypted", "Save it without a password.");
        if (member.Method is not (ZipMember.Stored or ZipMember.Deflated))
            throw location.ErrorInFile(
                member.EntryOffset, $"it is compressed by {member.MethodName}", "Save it with numpy.savez or numpy.savez_compressed.");
        bool isPossible = member.Method == ZipMember.Stored
            ? member.Length == member.CompressedLength
            : member.Length <= member.CompressedLength * MaxExpansion; // no overflow: the compressed bytes are in the file
        if (!isPossible)
            throw Damaged(
                member.EntryOffset,
                $"{member.CompressedLength} bytes ({member.MethodName}) cannot expand to the {member.Length} that it claims", location);
        long start = ContentStart(source, member, location);
        if (member.CompressedLength > member.End - start)
            throw Damaged(
                member.HeaderOffset,
                $"its {member.CompressedLength} bytes, from byte {start} on, extend beyond byte {member.End}, where its place ends",
                location);
        return start;
    }

    /// <summary>
    /// Checks the header before the content, and returns where the content begins. What it says must be what the directory says: other
    /// programs believe the header.
    /// </summary>
    private static long ContentStart(ByteSource source, ZipMember member, FileLocation location)
    {
        var header = new byte[ZipLayout.HeaderLength];
        if (source.Read(header, member.HeaderOffset) != header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
        {
            throw Damaged(
                member.HeaderOffset, $"its header is not at byte {member.HeaderOffset} of the archive, the position in the directory",
                location);
        }
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26));
        if (WhyDifferent(header, member) is { } what)
            throw Damaged(member.HeaderOffset, $"its header and the archive's directory differ in {what}", location);
        if (nameLength > MostNameBytes * member.Name.Length || ReadName(source, member, nameLength) != member.Name)
            throw Damaged(member.HeaderOffset, "its header and the archive's directory differ in its name", location);
        return member.HeaderOffset + header.Length + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
    }

    private static string ReadName(ByteSource source, ZipMember member, int length)
    {
        var name = new byte[length];
        return Encoding.UTF8.GetString(name.AsSpan(0, source.Read(name, member.HeaderOffset + ZipLayout.HeaderLength)));
    }

    private static string? WhyDifferent(ReadOnlySpan<byte> header, ZipMember member) =>
        BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != member.Method ? "the compression method"
        : member.HasDescriptor ? null
        : BinaryPrimitives.ReadUInt32LittleEndian(header[14..]) != member.Checksum ? "the checksum"
        : !IsSame(header[18..], member.CompressedLength) || !IsSame(header[22..], member.Length) ? "the length"
        : null;

    /// <summary>Whether a length is that of the directory. If all bits are ones, a zip64 field has it.</summary>
    private static bool IsSame(ReadOnlySpan<byte> narrow, long length) =>
        BinaryPrimitives.ReadUInt32LittleEndian(narrow) is var written && (written == uint.MaxValue || written == length);

    private static InvalidInputException Damaged(long offset, string why, FileLocation location) =>
        location.ErrorInFile(offset, why, FileLocation.CopyAgain);
}
