using System.Buffers.Binary;
using System.Text;

namespace Nabla;

/// <summary>The directory at the end of a zip archive, zip64 included (APPNOTE.TXT of PKWARE, sections 4.3.12 to 4.5.3).</summary>
internal static class ZipDirectory
{
    private const uint EntrySignature = 0x02014b50;
    private const int EntryLength = 46;
    private const int MaxDirectoryLength = 64 << 20;

    /// <summary>Reads the directory: the members in its order.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is not a zip archive, is truncated, its directory is damaged, a member is a link or has a path outside the archive, or
    /// members overlap.
    /// </exception>
    public static IReadOnlyList<ZipMember> Read(ByteSource source, FileLocation location)
    {
        var end = ZipEnd.Find(source, location);
        if (end.DirectoryLength > MaxDirectoryLength)
            throw location.Error(
                end.Position, $"its directory claims {end.DirectoryLength} bytes; {MaxDirectoryLength} are allowed",
                FileLocation.CopyAgain);
        using var window = new FileWindow(source, end.DirectoryStart, end.DirectoryLength);
        var directory = IncrementalRead.Exactly(window, (int)end.DirectoryLength, location, end.DirectoryStart);
        var members = new List<ZipMember>();
        int position = 0;
        while (position < directory.Length)
            members.Add(ReadEntry(directory, ref position, end.DirectoryStart, location));
        if ((ulong)members.Count != end.Entries)
            throw location.Error(
                end.Position, $"the directory announces {end.Entries} members and has {members.Count}", FileLocation.CopyAgain);
        return ZipLayout.FindEnds(members, end.DirectoryStart, location);
    }

    private static ZipMember ReadEntry(ReadOnlySpan<byte> directory, ref int position, long start, FileLocation location)
    {
        var entry = directory[position..];
        long at = start + position;
        if (entry.Length < EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntrySignature)
            throw location.Error(at, "the zip directory is damaged", FileLocation.CopyAgain);
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]);
        int length = EntryLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        if (length > entry.Length)
            throw location.Error(at, "an entry of the zip directory extends beyond its end", FileLocation.CopyAgain);

        var extra = Zip64Field(entry.Slice(EntryLength + nameLength, extraLength));
        long content = Wide(BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]), ref extra, at, location);
        long compressed = Wide(BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]), ref extra, at, location);
        long header = Wide(BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]), ref extra, at, location);
        position += length;
        string name = Encoding.UTF8.GetString(entry.Slice(EntryLength, nameLength));
        if (ZipLayout.WhyUnsafe(name, BinaryPrimitives.ReadUInt32LittleEndian(entry[38..])) is { } why)
            throw (location with { Member = name }).ErrorInFile(at, why, "Use an archive that numpy.savez wrote.");
        return new ZipMember(
            name,
            BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]),
            compressed,
            content,
            header,
            at);
    }

    /// <summary>The zip64 field among the extra fields, or an empty span.</summary>
    private static ReadOnlySpan<byte> Zip64Field(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return default;
    }

    /// <summary>A number of the directory: if its 32 bits are all ones, the next 64 bits of the zip64 field have the value.</summary>
    private static long Wide(uint narrow, ref ReadOnlySpan<byte> zip64, long at, FileLocation location)
    {
        if (narrow != uint.MaxValue)
            return narrow;
        if (zip64.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(zip64) is < 0 or long.MaxValue)
            throw location.Error(at, "a zip64 size is missing or impossible", FileLocation.CopyAgain);
        long wide = BinaryPrimitives.ReadInt64LittleEndian(zip64);
        zip64 = zip64[8..];
        return wide;
    }
}
