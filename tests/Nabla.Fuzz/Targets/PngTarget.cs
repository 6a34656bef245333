using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Fuzz;

/// <summary>PNG images.</summary>
internal sealed class PngTarget() : ImageTarget(
    "png", (file, name) => PngStructure.Check(file, name), Files(),
    "IHDR", "IDAT", "IEND", "PLTE", "tRNS", "gAMA", "iCCP", "CgBI", "\0\0\0\u0001", "\u0008\u0002\0\0\0", "\u0010\u0006\0\0\u0001")
{
    private const int SignatureLength = 8;

    /// <summary>Any file, or one with right checksums and a changed chunk, or with changed pixels that are compressed again.</summary>
    public override byte[] Make(Rng rng)
    {
        if (rng.OneIn(4))
            return base.Make(rng);
        var chunks = Chunks(rng.Pick(Samples));
        int at = rng.Below(chunks.Count);
        var (type, content) = chunks[at];
        if (type == "IDAT" && rng.OneIn(2))
            chunks.Add(("IDAT", [])); // any change below may put it elsewhere
        byte[] changed = type == "IDAT" && rng.OneIn(2) ? Deflate(Mutator.Mutate(Inflate(content), rng)) : Mutator.Mutate(content, rng);
        chunks[at] = (rng.OneIn(12) ? rng.Pick(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "aaaa"]) : type, changed);
        if (rng.OneIn(8))
            (chunks[0], chunks[at]) = (chunks[at], chunks[0]);
        return PngMaker.File([.. chunks.Select(chunk => PngMaker.Chunk(chunk.Type, chunk.Content))]);
    }

    /// <summary>Each kind of pixels, with and without interlacing.</summary>
    private static byte[][] Files() =>
    [
        .. from kind in new (byte Depth, byte Type, int Channels)[] { (8, 0, 1), (1, 0, 1), (16, 0, 1), (8, 2, 3), (8, 3, 1), (2, 3, 1),
            (8, 4, 2), (16, 6, 4) }
           from interlacing in new byte[] { 0, 1 }
           select File(9, 5, kind.Depth, kind.Type, interlacing),
    ];

    private static byte[] File(int width, int height, byte depth, byte type, byte interlacing)
    {
        var header = PngMaker.Header(width, height, depth, type, interlacing);
        var (parsed, _) = PngHeader.Parse(header.AsSpan(8, PngHeader.Length));
        byte[] rows = new byte[parsed.UnfoldedLength]; // filter 0, and index 0 or black
        byte[][] palette = type == 3 ? [PngMaker.Chunk("PLTE", [0, 0, 0, 255, 255, 255, 9, 9, 9, 99, 99, 99]), PngMaker.Chunk("tRNS", 0,
            255)] : [];
        return PngMaker.File([header, .. palette, PngMaker.Data(rows), PngMaker.Chunk("IEND")]);
    }

    private static List<(string Type, byte[] Content)> Chunks(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = SignatureLength; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }

    private static byte[] Inflate(byte[] content)
    {
        using var inflate = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        inflate.CopyTo(rows);
        return rows.ToArray();
    }

    private static byte[] Deflate(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        return packed.ToArray();
    }
}
