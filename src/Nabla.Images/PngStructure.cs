using System.IO.Hashing;
using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Images;

/// <summary>
/// Checks a PNG file before it is decoded: signature, chunks and their checksums, sizes, and the length of the decompressed data.
/// </summary>
internal static class PngStructure
{
    private const int Frame = 12; // A chunk's length, type and checksum.
    private const int MaxExpansion = 1032; // Of deflate.
    private const string Again = "The file is damaged or incomplete: save or copy it again.";

    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="InvalidInputException">The file is damaged, hostile or not a PNG file.</exception>
    public static PictureSize Check(ReadOnlySpan<byte> file, string name)
    {
        if (!file.StartsWith(Signature))
            throw Error(name, 0, "it does not begin as a PNG file", "Convert the image to PNG.");
        using var data = new MemoryStream(file.Length);
        PngHeader? header = null;
        int at = Signature.Length;
        while (true)
        {
            string type = ReadChunk(file, at, name, out ReadOnlySpan<byte> content);
            if (header is null != (type == "IHDR"))
                throw Error(name, at, header is null ? $"the first chunk is {type}, not IHDR" : "there is a second chunk IHDR");
            if (type == "IHDR")
                header = PngHeader.Parse(content) is var (parsed, why) && why is null ? parsed : throw Error(name, at, why!);
            else if (type == "IDAT")
                data.Write(content);
            else if (type == "IEND")
                break;
            at += Frame + content.Length;
        }
        var size = new PictureSize(header!.Value.Width, header.Value.Height);
        CheckData(data, header.Value.UnfoldedLength, name);
        return size.WhyNot(file.Length) is { } whyNot ? throw Error(name, 0, whyNot, "Make the image smaller.") : size;
    }

    private static string ReadChunk(ReadOnlySpan<byte> file, int at, string name, out ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = file[at..];
        if (rest.Length < Frame || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - Frame)
            throw Error(name, at, "the file ends within a chunk, or before the chunk IEND");
        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
        ReadOnlySpan<byte> typeBytes = rest.Slice(4, 4);
        if (typeBytes.ContainsAnyExcept(Letters))
            throw Error(name, at, $"0x{Convert.ToHexString(typeBytes)} is not a chunk type");
        string type = Encoding.ASCII.GetString(typeBytes);
        uint written = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]);
        uint computed = Crc32.HashToUInt32(rest.Slice(4, 4 + length));
        content = rest.Slice(8, length);
        return written == computed
            ? type
            : throw Error(name, at, $"the checksum of chunk {type} is {computed:x8}, but should be {written:x8}");
    }

    /// <summary>Decompresses the data without storing them, up to the length in the header: they might expand to gigabytes.</summary>
    private static void CheckData(MemoryStream data, long expected, string name)
    {
        if (data.Length * MaxExpansion < expected)
            throw Error(name, 0, $"the header promises {expected} bytes of pixels, which {data.Length} compressed bytes cannot hold");
        // Of the second byte, this bit announces a dictionary that the reader must have; PNG has none.
        if (data.Length > 1 && (data.GetBuffer()[1] & 0x20) != 0)
            throw Error(name, 0, "the compressed data need a preset dictionary, which PNG does not allow");
        data.Position = 0;
        long unfolded = 0;
        try
        {
            using var inflate = new ZLibStream(data, CompressionMode.Decompress);
            var buffer = new byte[1 << 14];
            int read;
            while (unfolded <= expected && (read = inflate.Read(buffer)) > 0)
                unfolded += read;
        }
        // Of zlib's own errors, some arrive as IOException. Nothing is read from a disk here.
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw Error(name, 0, "the compressed data are damaged", Again, error);
        }
        if (unfolded != expected)
            throw Error(
                name, 0,
                $"the data expand to {(unfolded > expected ? "more" : "fewer")} than the {expected} bytes that the header promises");
    }

    private static InvalidInputException Error(string name, int at, string why, string remedy = Again, Exception? inner = null) =>
        new($"cannot read {name}", $"byte {at}", why, remedy, inner);
}
