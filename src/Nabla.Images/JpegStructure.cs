using System.Buffers.Binary;

namespace Nabla.Images;

/// <summary>
/// Checks a JPEG file before it is decoded: its segments, its size, and that it ends where it should: the decoder would fill up the rest
/// of a truncated image. JPEG has no checksum, so that damaged pixels cannot be detected.
/// </summary>
internal static class JpegStructure
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const string Again = "The file is damaged or incomplete: save or copy it again.";

    /// <exception cref="InvalidInputException">The file is damaged, hostile or not a JPEG file.</exception>
    public static PictureSize Check(ReadOnlySpan<byte> file, string name)
    {
        if (file is not [0xFF, StartOfImage, ..])
            throw Error(name, 0, "it does not begin as a JPEG file");
        PictureSize? size = null;
        bool hasScan = false;
        int at = 2;
        while (true)
        {
            at = NextMarker(file, at, name);
            byte marker = file[at - 1];
            if (marker == EndOfImage)
                break;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
                continue;
            var content = Segment(file, at, name);
            if (IsFrame(marker))
            {
                if (size is not null)
                    throw Error(name, at, "it has a second frame header");
                size = ReadSize(content, at, name);
            }
            hasScan |= marker == StartOfScan;
            if (hasScan && size is null)
                throw Error(name, at, "its pixels begin before its header");
            at += 2 + content.Length;
        }
        if (size is not { } found || !hasScan)
            throw Error(name, at, "it has no pixels");
        if (found.WhyNot(file.Length) is { } why || (why = TooMany(found, file.Length)) is not null)
            throw Error(name, 0, why);
        return found;
    }

    private static string? TooMany(PictureSize size, int length) => size.Pixels > PictureSize.PixelsPerByte * length
        ? $"its header promises {size} pixels, which {length} bytes cannot hold"
        : null;

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Skips coded pixels, and returns the position after the next marker.</summary>
    private static int NextMarker(ReadOnlySpan<byte> file, int at, string name)
    {
        while (true)
        {
            int next = at < file.Length ? file[at..].IndexOf((byte)0xFF) : -1;
            if (next < 0 || at + next + 1 >= file.Length)
                throw Error(name, file.Length, "it ends before its last marker");
            at += next + 1;
            // A zero means that the byte before it is no marker, and a marker may have any number of bytes 0xFF before it.
            if (file[at] is not (0 or 0xFF))
                return at + 1;
        }
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> file, int at, string name)
    {
        int length = file.Length - at >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
        return length >= 2 && length <= file.Length - at
            ? file.Slice(at + 2, length - 2)
            : throw Error(name, at, "the file ends within a segment");
    }

    private static PictureSize ReadSize(ReadOnlySpan<byte> frame, int at, string name)
    {
        if (frame.Length < 6)
            throw Error(name, at, "its frame header is too short");
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        return width > 0 && height > 0 ? new PictureSize(width, height) : throw Error(name, at, $"its size is {width} x {height}");
    }

    private static InvalidInputException Error(string name, int at, string why) => new($"cannot read {name}", $"byte {at}", why, Again);
}
