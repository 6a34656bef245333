using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>IDX files that must be refused.</summary>
internal static class BadIdx
{
    public static IEnumerable<BadFile> All()
    {
        byte[] good = ArrayMaker.Idx(8, [2, 3], [1, 2, 3, 4, 5, 6]);
        foreach (byte type in new byte[] { 0, 1, 7, 0x0A, 0x0F, 0x10, 0x80, 0xFF })
            yield return new("idx", $"type 0x{type:x2}", With(good, 2, type));
        foreach (byte rank in new byte[] { 0, 1, 3, 33, 255 })
            yield return new("idx", $"{rank} dimensions", With(good, 3, rank));
        foreach (uint size in new uint[] { 0, 1, 3, 4, 256, int.MaxValue, 1u << 31, uint.MaxValue })
            yield return new("idx", $"size {size} in place of 2", With(good, 4, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8),
                (byte)size));
        foreach (int[] shape in new int[][] { [65536, 65536], [1 << 30, 4], [int.MaxValue, int.MaxValue, int.MaxValue], [65536, 65536,
            65536, 65536] })
            yield return new("idx", $"shape {string.Join(" x ", shape)}", ArrayMaker.Idx(8, shape, []));
        yield return new("idx", "bytes follow", [.. good, 0]);
        yield return new("idx", "doubles with the data of floats", ArrayMaker.Idx(0x0E, [1], new byte[4]));
        foreach (var file in Truncations("idx", "an array", good, 2))
            yield return file;
        byte[] packed = ArrayMaker.Gzip(good);
        foreach (var file in Truncations("idx", "an array in gzip", packed, 4))
            yield return file;
        foreach (int at in new[] { 1, 2, 3 })
            yield return new("idx", $"gzip differs at byte {at}", With(packed, at, 0xFF));
        yield return new("idx", "gzip with a wrong checksum", With(packed, packed.Length - 8, (byte)(packed[^8] ^ 1)));
        yield return new("idx", "gzip with a wrong length", With(packed, packed.Length - 4, (byte)(packed[^4] ^ 1)));
        yield return new("idx", "bytes follow the gzip", [.. packed, 0]);
        yield return new("idx", "gzip in gzip", ArrayMaker.Gzip(packed));
        yield return new("idx", "gzip of a text", ArrayMaker.Gzip([.. "hello, world"u8]));
        yield return new("idx", "gzip of a bomb", ArrayMaker.Gzip([.. good, .. new byte[1 << 20]]));
        yield return new("idx", "a text", [.. "0,1,2\n"u8]);
        yield return new("idx", "an image", PngMaker.File(PngMaker.Header(1, 1, 8, 0)));
    }
}
