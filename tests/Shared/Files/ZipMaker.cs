using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Tests.Shared;

/// <summary>A member of an archive, with what the archive says about it, which may be wrong.</summary>
internal sealed class ZipPart
{
    public ZipPart(string name, byte[] content, bool compress = false)
    {
        Name = LocalName = Encoding.UTF8.GetBytes(name);
        Method = LocalMethod = compress ? 8 : 0;
        Stored = compress ? Deflate(content) : content;
        Checksum = LocalChecksum = Crc32.Update(0, content);
        Length = LocalLength = content.Length;
        CompressedLength = LocalCompressedLength = Stored.Length;
    }

    /// <summary>The bytes in the archive.</summary>
    public byte[] Stored { get; set; }

    public byte[] Name { get; set; }

    public byte[] LocalName { get; set; }

    public int Flags { get; set; }

    public int Method { get; set; }

    public int LocalMethod { get; set; }

    public uint Checksum { get; set; }

    public uint LocalChecksum { get; set; }

    public long Length { get; set; }

    public long LocalLength { get; set; }

    public long CompressedLength { get; set; }

    public long LocalCompressedLength { get; set; }

    /// <summary>Of Unix in the upper half: 0xA000 for a link.</summary>
    public uint Attributes { get; set; }

    /// <summary>Where the directory says that the header is; null for where it is.</summary>
    public long? HeaderOffset { get; set; }

    /// <summary>Fields of the entry in the directory before the zip64 field.</summary>
    public byte[] Extra { get; set; } = [];

    /// <summary>Whether the numbers of the directory stand in a zip64 field.</summary>
    public bool IsWide { get; set; }

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        return packed.ToArray();
    }
}

/// <summary>Puts zip archives together field by field, right or wrong.</summary>
internal static class ZipMaker
{
    /// <summary>Where the entry of the directory of the only member of an archive begins.</summary>
    public static int EntryOf(ReadOnlySpan<byte> archive) => archive.LastIndexOf("PK\u0001\u0002"u8);

    /// <param name="parts">The members.</param>
    /// <param name="entries">How many members the end announces; null for as many as there are.</param>
    /// <param name="directoryShift">Added to the position of the directory in the end.</param>
    public static byte[] Archive(IReadOnlyList<ZipPart> parts, int? entries = null, int directoryShift = 0)
    {
        using var archive = new MemoryStream();
        var offsets = new long[parts.Count];
        foreach (var (i, part) in parts.Index())
        {
            offsets[i] = archive.Length;
            archive.Write(Header(part));
            archive.Write(part.Stored);
        }
        long start = archive.Length;
        foreach (var (i, part) in parts.Index())
            archive.Write(Entry(part, part.HeaderOffset ?? offsets[i]));
        long length = archive.Length - start;
        int count = entries ?? parts.Count;
        archive.Write([.. "PK\u0005\u0006"u8, 0, 0, 0, 0, .. Two(count), .. Two(count), .. Four(length), .. Four(start + directoryShift),
            0, 0]);
        return archive.ToArray();
    }

    private static byte[] Header(ZipPart part) =>
    [
        .. "PK\u0003\u0004"u8, 20, 0, .. Two(part.Flags), .. Two(part.LocalMethod), 0, 0, 0x21, 0, .. Four(part.LocalChecksum),
        .. Four(part.LocalCompressedLength), .. Four(part.LocalLength), .. Two(part.LocalName.Length), 0, 0, .. part.LocalName,
    ];

    private static byte[] Entry(ZipPart part, long offset)
    {
        byte[] wide = part.IsWide ? [1, 0, 24, 0, .. Eight(part.Length), .. Eight(part.CompressedLength), .. Eight(offset)] : [];
        byte[] extra = [.. part.Extra, .. wide];
        byte[] Narrow(long value) => Four(part.IsWide ? uint.MaxValue : value);
        return
        [
            .. "PK\u0001\u0002"u8, 20, 3, 20, 0, .. Two(part.Flags), .. Two(part.Method), 0, 0, 0x21, 0, .. Four(part.Checksum),
            .. Narrow(part.CompressedLength), .. Narrow(part.Length), .. Two(part.Name.Length), .. Two(extra.Length), 0, 0, 0, 0, 0, 0,
            .. Four(part.Attributes), .. Narrow(offset), .. part.Name, .. extra,
        ];
    }

    private static byte[] Two(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Four(long value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return bytes;
    }

    private static byte[] Eight(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
