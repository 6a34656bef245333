using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Tests.Shared;

/// <summary>Puts PNG files together chunk by chunk, right or wrong.</summary>
internal static class PngMaker
{
    public static byte[] Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A right file of 8-bit grey.</summary>
    public static byte[] Grey(GreyImage image) =>
        File(Header(image.Width, image.Height, 8, 0), Data(Rows(image)), Chunk("IEND"));

    public static byte[] File(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Header(int width, int height, byte depth, byte type, byte interlacing = 0)
    {
        var content = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(content, width);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4), height);
        (content[8], content[9], content[12]) = (depth, type, interlacing);
        return Chunk("IHDR", content);
    }

    public static byte[] Data(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(rows);
        return Chunk("IDAT", packed.ToArray());
    }

    public static byte[] Chunk(string type, params byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), System.IO.Hashing.Crc32.HashToUInt32(body));
        return [.. frame[..4], .. body, .. frame[4..]];
    }

    /// <summary>Each row with filter 0 before it.</summary>
    public static byte[] Rows(GreyImage image) =>
        [.. Enumerable.Range(0, image.Height).SelectMany(y => image.Levels.Skip(y * image.Width).Take(image.Width).Prepend((byte)0))];
}
