using System.Buffers.Binary;

namespace Nabla;

/// <summary>The records at the end of a zip archive, which locate its directory.</summary>
/// <param name="Position">Where the first of them begins, directly after the directory.</param>
/// <param name="Entries">Number of members.</param>
/// <param name="DirectoryStart">First byte of the directory.</param>
/// <param name="DirectoryLength">Bytes of the directory.</param>
internal readonly record struct ZipEnd(long Position, ulong Entries, long DirectoryStart, long DirectoryLength)
{
    private const uint Signature = 0x06054b50;
    private const uint Zip64LocatorSignature = 0x07064b50;
    private const uint Zip64Signature = 0x06064b50;
    private const int Length = 22;
    private const int Zip64LocatorLength = 20;
    private const int Zip64Length = 56;

    /// <summary>Finds the records, searching backwards from the end of the file.</summary>
    /// <exception cref="InvalidInputException">There are none, or they contradict the file.</exception>
    public static ZipEnd Find(ByteSource source, FileLocation location)
    {
        int tailLength = (int)Math.Min(source.Length, Length + ushort.MaxValue);
        long tailStart = source.Length - tailLength;
        var tail = ReadAt(source, tailStart, tailLength, location);
        for (int i = tailLength - Length; i >= 0; i--)
        {
            var record = tail.AsSpan(i);
            // The comment must end at the end of the file.
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == Signature
                && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - Length)
                return Parse(source, record, tailStart + i, location);
        }
        var start = source.Start();
        throw start.AsSpan().StartsWith("PK"u8)
            ? location.Error(source.Length, "the zip directory at its end is missing", FileLocation.CopyAgain)
            : location.Error(0, $"it is not a zip archive (.npz), but {FileFormat.Describe(start)}", "Use a file written by numpy.savez.");
    }

    private static ZipEnd Parse(ByteSource source, ReadOnlySpan<byte> record, long position, FileLocation location)
    {
        ulong entries = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        ulong length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        ulong start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        bool oneDisk = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) == 0;
        long recordsStart = position;
        // Python writes as many members as 65535 without zip64 records.
        if (length == uint.MaxValue || start == uint.MaxValue || (entries == ushort.MaxValue && HasZip64(source, position, location)))
        {
            var wide = ReadZip64(source, position, location, out recordsStart);
            entries = BinaryPrimitives.ReadUInt64LittleEndian(wide[32..]);
            length = BinaryPrimitives.ReadUInt64LittleEndian(wide[40..]);
            start = BinaryPrimitives.ReadUInt64LittleEndian(wide[48..]);
            oneDisk = BinaryPrimitives.ReadUInt64LittleEndian(wide[16..]) == 0;
        }
        if (!oneDisk)
            throw location.Error(
                recordsStart, "it is one part of a zip archive that was split",
                "Join the parts, or save the arrays again with numpy.savez.");
        if (start > (ulong)recordsStart || length != (ulong)recordsStart - start)
            throw location.Error(recordsStart, "the zip directory is not where the end of the archive says", FileLocation.CopyAgain);
        return new ZipEnd(recordsStart, entries, (long)start, (long)length);
    }

    private static bool HasZip64(ByteSource source, long endPosition, FileLocation location)
    {
        long position = endPosition - Zip64LocatorLength;
        return position >= 0
            && BinaryPrimitives.ReadUInt32LittleEndian(ReadAt(source, position, sizeof(uint), location)) == Zip64LocatorSignature;
    }

    private static ReadOnlySpan<byte> ReadZip64(ByteSource source, long endPosition, FileLocation location, out long position)
    {
        long locatorPosition = endPosition - Zip64LocatorLength;
        position = locatorPosition - Zip64Length;
        if (position < 0)
            throw location.Error(endPosition, "the zip64 records are missing", FileLocation.CopyAgain);
        var records = ReadAt(source, position, Zip64Length + Zip64LocatorLength, location);
        var locator = records.AsSpan(Zip64Length);
        return BinaryPrimitives.ReadUInt32LittleEndian(locator) == Zip64LocatorSignature
            && BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]) == (ulong)position
            && BinaryPrimitives.ReadUInt32LittleEndian(records) == Zip64Signature
            ? records
            : throw location.Error(position, "the zip64 records are damaged", FileLocation.CopyAgain);
    }

    private static byte[] ReadAt(ByteSource source, long start, int length, FileLocation location)
    {
        using var window = new FileWindow(source, start, length);
        return IncrementalRead.Exactly(window, length, location, start);
    }
}
