using static Nabla.Fuzz.BadFile;

namespace Nabla.Fuzz;

/// <summary>Archives that must be refused.</summary>
internal static class BadNpz
{
    private static readonly byte[] Array = Arrays.ToNpy(NumericArray.Create<byte>([1, 2, 3, 4], 4));

    private static readonly string[] Names =
    [
        "/x.npy", "/etc/passwd.npy", "\\x.npy", "C:/x.npy", "c:\\x.npy", "../x.npy", "a/../x.npy", "a/..", "..", "..\\x.npy",
        "a\\..\\x.npy",
        "../../../../x.npy", "x\0.npy", "\0",
    ];

    /// <summary>What an archive may say wrongly about its only member.</summary>
    private static readonly (string What, Action<ZipPart> Do)[] Lies =
    [
        ("is encrypted", part => part.Flags = 1), ("is strongly encrypted", part => part.Flags = 0x41),
        ("has another name in its header", part => part.LocalName = Utf8("y.npy")), ("has no name in its header",
        part => part.LocalName = []),
        ("has a longer name in its header", part => part.LocalName = Utf8("x.npyy")),
        ("is stored in its header", part => part.LocalMethod = 8), ("has another checksum in its header", part => part.LocalChecksum ^= 1),
        ("has another checksum in the directory", part => part.Checksum ^= 1),
        ("has a wrong checksum", part => part.Checksum = part.LocalChecksum ^= 1), ("has a checksum of 0",
        part => part.Checksum = part.LocalChecksum = 0),
        ("is longer in its header", part => part.LocalLength++), ("is longer", part => part.Length = ++part.LocalLength),
        ("is shorter", part => part.Length = --part.LocalLength), ("claims 1 GB", part => part.Length = part.LocalLength = 1 << 30),
        ("claims 4 GB", part => part.Length = part.LocalLength = uint.MaxValue - 1L), ("claims 0 bytes",
        part => part.Length = part.LocalLength = 0),
        ("takes a byte more", part => part.CompressedLength = ++part.LocalCompressedLength),
        ("takes a byte less", part => part.CompressedLength = --part.LocalCompressedLength),
        ("takes 1 GB", part => part.CompressedLength = part.LocalCompressedLength = 1 << 30),
        ("takes 0 bytes", part => part.CompressedLength = part.LocalCompressedLength = 0),
        ("begins at 1", part => part.HeaderOffset = 1), ("begins in the directory", part => part.HeaderOffset = 200),
        ("begins at 4 GB", part => part.HeaderOffset = uint.MaxValue - 1L),
        ("has 2^62 bytes in zip64", part => (part.IsWide, part.Length, part.CompressedLength) = (true, 1L << 62, 1L << 62)),
        ("begins at 2^62 in zip64", part => (part.IsWide, part.HeaderOffset) = (true, 1L << 62)),
        ("has a negative length in zip64", part => (part.IsWide, part.CompressedLength) = (true, -1)),
        ("begins before the file in zip64", part => (part.IsWide, part.HeaderOffset) = (true, -1)),
        ("is no longer compressed", part => part.Stored = Array), ("is compressed noise",
        part => part.Stored = [.. part.Stored.Select(b => (byte)(b * 37))]),
    ];

    public static IEnumerable<BadFile> All()
    {
        foreach (string name in Names)
            yield return new("npz", $"name {Visible(name)}", ZipMaker.Archive([new ZipPart(name, Array)]));
        foreach (uint type in new uint[] { 1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15 })
            yield return new("npz", $"file type {type} of Unix", ZipMaker.Archive([new ZipPart("x.npy",
                Array) { Attributes = type << 28 }]));
        foreach (int method in new[] { 1, 2, 6, 7, 9, 10, 12, 14, 20, 93, 95, 96, 98, 99, 65535 })
            yield return new("npz", $"method {method}", ZipMaker.Archive([new ZipPart("x.npy", Array) { Method = method,
                LocalMethod = method }]));
        foreach (bool compress in new[] { false, true })
        {
            foreach (var (what, change) in Lies.SkipLast(compress ? 0 : 2))
            {
                var part = new ZipPart("x.npy", Array, compress);
                change(part);
                // A deflated byte less may be the end of the last code alone: length and checksum are still right.
                if (!compress || what is not ("is stored in its header" or "takes a byte less"))
                    yield return new("npz", $"a {(compress ? "deflated" : "stored")} member {what}", ZipMaker.Archive([part]));
            }
        }
        foreach (var file in Structures())
            yield return file;
        byte[] whole = ZipMaker.Archive([new ZipPart("x.npy", Array, compress: true)]);
        foreach (var file in Truncations("npz", "an archive", whole, 7))
            yield return file;
    }

    /// <summary>Archives whose members and records contradict each other.</summary>
    private static IEnumerable<BadFile> Structures()
    {
        ZipPart x = new("x.npy", Array), y = new("y.npy", Array);
        yield return new("npz", "two members of one name", ZipMaker.Archive([x, x]));
        yield return new("npz", "a member with and one without .npy", ZipMaker.Archive([x, new ZipPart("x", Array)]));
        yield return new("npz", "two members share all bytes", ZipMaker.Archive([x, new ZipPart("y.npy", Array) { HeaderOffset = 0 }]));
        yield return new("npz", "a member within another one", ZipMaker.Archive(
            [new ZipPart("x.npy", [.. Array, .. ZipMaker.Archive([y])]), new ZipPart("z.npy",
            Array) { HeaderOffset = 35 + Array.Length }]));
        foreach (int count in new[] { 0, 2, 3, 65534, 65535 })
            yield return new("npz", $"{count} members are announced, and there is 1", ZipMaker.Archive([x], entries: count));
        foreach (int shift in new[] { -46, -1, 1, 46, 1 << 20 })
            yield return new("npz", $"the directory is {shift} bytes elsewhere", ZipMaker.Archive([x], directoryShift: shift));
        byte[] whole = ZipMaker.Archive([x]);
        int end = whole.Length - 22, entry = ZipMaker.EntryOf(whole);
        yield return new("npz", "a split archive", With(whole, end + 4, 1, 0));
        yield return new("npz", "the comment is longer than the file", With(whole, end + 20, 9, 0));
        yield return new("npz", "bytes follow the end", [.. whole, 0]);
        yield return new("npz", "zip64 records are announced and missing", With(whole, end + 16, 0xFF, 0xFF, 0xFF, 0xFF));
        yield return new("npz", "the entry has another signature", With(whole, entry, 0));
        yield return new("npz", "the name extends beyond the directory", With(whole, entry + 28, 0xFF, 0xFF));
        yield return new("npz", "the extra field extends beyond the directory", With(whole, entry + 30, 0xFF, 0xFF));
        yield return new("npz", "the header has another signature", With(whole, 0, 0));
        yield return new("npz", "the header's extra field extends beyond the content", With(whole, 28, 0xFF, 0x00));
        yield return new("npz", "an object array", ZipMaker.Archive([new ZipPart("x.npy", ArrayMaker.Npy(ArrayMaker.NpyHeader("|O",
            "(1,)"), new byte[8]))]));
        yield return new("npz", "a pickle", ZipMaker.Archive([new ZipPart("x.pkl", [0x80, 4, .. "\u0095cos\nsystem\n."u8])]));
        yield return new("npz", "a member that is not an array", ZipMaker.Archive([new ZipPart("readme.txt", [.. "hello"u8])]));
        yield return new("npz", "an empty member", ZipMaker.Archive([new ZipPart("x.npy", [])]));
        yield return new("npz", "a bomb that claims a thousandth", ZipMaker.Archive([Bomb()]));
    }

    /// <summary>A megabyte of zeros in a kilobyte, with the length of a small array.</summary>
    private static ZipPart Bomb()
    {
        byte[] array = Arrays.ToNpy(NumericArray.Create<byte>(new byte[1000], 1000));
        return new ZipPart("x.npy", [.. array, .. new byte[1 << 20]], compress: true) { Length = array.Length, LocalLength = array.Length };
    }

    private static string Visible(string name) => name.Replace("\0", "\\0", StringComparison.Ordinal);
}
