using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Images that must be refused.</summary>
internal static class BadImages
{
    public static IEnumerable<BadFile> All() => Png().Concat(PngHeaders()).Concat(Jpeg()).Concat(Bmp());

    private static IEnumerable<BadFile> Png()
    {
        byte[] header = PngMaker.Header(2, 2, 8, 0), rows = [0, 1, 2, 0, 3, 4], data = PngMaker.Data(rows), end = PngMaker.Chunk("IEND");
        byte[] good = PngMaker.File(header, data, end);
        yield return new("png", "no header", PngMaker.File(data, end));
        yield return new("png", "two headers", PngMaker.File(header, header, data, end));
        yield return new("png", "no data", PngMaker.File(header, end));
        yield return new("png", "empty data", PngMaker.File(header, PngMaker.Chunk("IDAT"), end));
        yield return new("png", "no end", PngMaker.File(header, data));
        yield return new("png", "a row too few", PngMaker.File(header, PngMaker.Data(rows[..3]), end));
        yield return new("png", "a byte too many", PngMaker.File(header, PngMaker.Data([.. rows, 0]), end));
        yield return new("png", "a bomb", PngMaker.File(header, PngMaker.Data(new byte[1 << 20]), end));
        yield return new("png", "data that are not compressed", PngMaker.File(header, PngMaker.Chunk("IDAT", rows), end));
        yield return new("png", "a preset dictionary", PngMaker.File(header, PngMaker.Chunk("IDAT", 0x78, 0xBB, 0, 0, 0, 1), end));
        yield return new("png", "a filter that does not exist", PngMaker.File(header, PngMaker.Data([9, 1, 2, 0, 3, 4]), end));
        foreach (int at in new[] { 0, 1, 4, 7, 8, 12, 16, 29, 33, 37, 45, good.Length - 12, good.Length - 1 })
            yield return new("png", $"byte {at} differs", With(good, at, (byte)(good[at] ^ 0xA0)));
        foreach (uint length in new uint[] { int.MaxValue, 1u << 31, uint.MaxValue, 200 })
            yield return new("png", $"a chunk of {length} bytes", With(good, 33, (byte)(length >> 24), (byte)(length >> 16),
                (byte)(length >> 8), (byte)length));
        foreach (var file in Truncations("png", "an image", good, 7))
            yield return file;
    }

    private static IEnumerable<BadFile> PngHeaders()
    {
        byte[] end = PngMaker.Chunk("IEND"), data = PngMaker.Data([0, 1]);
        foreach (var (width, height) in new[] { (0, 1), (1, 0), (-1, 1), (1, int.MinValue), (int.MaxValue, 1), (60000, 60000),
            (int.MaxValue, int.MaxValue) })
            yield return new("png", $"{width} x {height} pixels", PngMaker.File(PngMaker.Header(width, height, 8, 0), data, end));
        foreach (var (depth, type) in new (byte, byte)[] { (0, 0), (3, 0), (32, 0), (4, 2), (16, 3), (8, 1), (8, 5), (8, 7), (1, 4), (2,
            6) })
            yield return new("png", $"{depth} bits of colour type {type}", PngMaker.File(PngMaker.Header(1, 1, depth, type), data, end));
        yield return new("png", "an unknown interlacing", PngMaker.File(PngMaker.Header(1, 1, 8, 0, interlacing: 2), data, end));
        yield return new("png", "a header of 12 bytes", PngMaker.File(PngMaker.Chunk("IHDR", new byte[12]), data, end));
        yield return new("png", "an index without a palette", PngMaker.File(PngMaker.Header(1, 1, 8, 3), data, end));
        yield return new("png", "a palette of 4 bytes", PngMaker.File(PngMaker.Header(1, 1, 8, 3), PngMaker.Chunk("PLTE", 1, 2, 3, 4),
            data, end));
    }

    private static IEnumerable<BadFile> Jpeg()
    {
        byte[] good = JpegMaker.Grey([10, 200], 2);
        int frame = good.AsSpan().IndexOf((byte[])[0xFF, 0xC0]), scan = good.AsSpan().IndexOf((byte[])[0xFF, 0xDA]);
        yield return new("jpeg", "no pixels", [0xFF, 0xD8, 0xFF, 0xD9]);
        yield return new("jpeg", "a frame without a scan", [.. good[..scan], 0xFF, 0xD9]);
        yield return new("jpeg", "a scan before the frame", [0xFF, 0xD8, .. good[scan..]]);
        yield return new("jpeg", "two frames", [.. good[..scan], .. JpegMaker.Frame(16, 8), .. good[scan..]]);
        yield return new("jpeg", "no rows", With(good, frame + 5, 0, 0));
        yield return new("jpeg", "no columns", With(good, frame + 7, 0, 0));
        yield return new("jpeg", "65535 x 65535 pixels", With(good, frame + 5, 0xFF, 0xFF, 0xFF, 0xFF));
        yield return new("jpeg", "12 bits", With(good, frame + 4, 12));
        yield return new("jpeg", "no components", With(good, frame + 9, 0));
        yield return new("jpeg", "9 components", With(good, frame + 9, 9));
        yield return new("jpeg", "a sampling of 0", With(good, frame + 11, 0));
        yield return new("jpeg", "an arithmetic code", With(good, frame + 1, 0xC9));
        yield return new("jpeg", "a segment of 0 bytes", With(good, 4, 0, 0));
        yield return new("jpeg", "a segment of 1 byte", With(good, 4, 0, 1));
        yield return new("jpeg", "a segment beyond the end", With(good, 4, 0xFF, 0xFF));
        foreach (var file in Truncations("jpeg", "an image", good, 12))
            yield return file;
    }

    private static IEnumerable<BadFile> Bmp()
    {
        byte[] good = BmpMaker.File(5, 3, 24);
        foreach (byte bits in new byte[] { 0, 2, 3, 12, 64, 255 })
            yield return new("bmp", $"{bits} bits", With(good, 28, bits));
        foreach (byte compression in new byte[] { 1, 2, 4, 5, 6, 255 })
            yield return new("bmp", $"compression {compression}", With(good, 30, compression));
        foreach (int size in new[] { 0, -1, int.MinValue, 1000, int.MaxValue })
        {
            yield return new("bmp", $"width {size}", With(good, 18, BitConverter.GetBytes(size)));
            yield return new("bmp", $"height {size}", size == -1 ? With(good, 22, BitConverter.GetBytes(-100)) : With(good, 22,
                BitConverter.GetBytes(size)));
        }
        foreach (uint start in new uint[] { 0, 14, 53, 55, 100, uint.MaxValue })
            yield return new("bmp", $"pixels at byte {start}", With(good, 10, BitConverter.GetBytes(start)));
        foreach (uint length in new uint[] { 0, 12, 39, 1u << 31, uint.MaxValue })
            yield return new("bmp", $"a header of {length} bytes", With(good, 14, BitConverter.GetBytes(length)));
        foreach (var file in Truncations("bmp", "an image", good, 9))
            yield return file;
    }
}
