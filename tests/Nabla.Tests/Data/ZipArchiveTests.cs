namespace Nabla.Tests;

/// <summary>What an archive claims about itself, field by field.</summary>
public sealed class ZipArchiveTests
{
    private static readonly byte[] Array = ArrayMaker.Npy(ArrayMaker.NpyHeader("|u1", "(2,)"), [7, 8]);

    [Theory]
    [InlineData("x.npy", 0, null)]
    [InlineData("", 0, null)]
    [InlineData("a..b/...", 0x81A4_0000, null)]
    [InlineData("folder/", 0x41ED_0000, null)]
    [InlineData("C:x", 0, null)]
    [InlineData("x", 0xA1FF_0000, "it is a link or a device, not a file")]
    [InlineData("x", 0xC000_0000, "it is a link or a device, not a file")]
    [InlineData("x\0.npy", 0, "its name has a zero byte")]
    [InlineData("/", 0, "its name is an absolute path")]
    [InlineData(@"\x", 0, "its name is an absolute path")]
    [InlineData("C:/", 0, "its name is an absolute path")]
    [InlineData(@"c:\x", 0, "its name is an absolute path")]
    [InlineData("..", 0, "its name is a path that leaves the archive (..)")]
    [InlineData(@"a\../b", 0, "its name is a path that leaves the archive (..)")]
    public void A_name_that_is_not_that_of_a_file_within_is_unsafe(string name, uint attributes, string? why) =>
        Assert.Equal(why, ZipLayout.WhyUnsafe(name, attributes));

    [Theory]
    [InlineData(0, "stored")]
    [InlineData(8, "deflated")]
    [InlineData(9, "Deflate64")]
    [InlineData(12, "bzip2")]
    [InlineData(14, "LZMA")]
    [InlineData(93, "Zstandard")]
    [InlineData(95, "xz")]
    [InlineData(99, "AES encryption")]
    [InlineData(98, "method 98")]
    public void A_compression_method_has_a_name(int method, string name) =>
        Assert.Equal(name, new ZipMember("x", 0, method, 0, 0, 0, 0, 0).MethodName);

    [Fact]
    public void An_archive_without_members_is_read()
    {
        using var archive = Open(ZipMaker.Archive([]));
        Assert.Empty(archive.Names);
        var error = Hostile.Refused(() => archive.Read("x"));
        Assert.Equal(("the whole file", "it has no array x; it has none"), (error.Where, error.Why));
    }

    [Fact]
    public void As_many_members_as_Python_writes_without_zip64_are_read()
    {
        const int Count = ushort.MaxValue;
        var parts = Enumerable.Range(0, Count).Select(i => new ZipPart($"{i}.npy", [])).ToArray();
        using var archive = Open(ZipMaker.Archive(parts));
        Assert.Equal(Count, archive.Names.Count);
        Assert.Equal("65534", archive.Names[^1]);
    }

    [Fact]
    public void A_zip64_field_is_found_behind_other_fields()
    {
        var part = new ZipPart("x.npy", Array) { IsWide = true, Extra = [9, 0, 3, 0, 1, 2, 3, 8, 0, 0, 0] };
        Assert.Equal([7, 8], Read(ZipMaker.Archive([part])).ToBytes());
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 255, 0 }, 0, 0)] // another field, which seems to have the zip64 field within it
    [InlineData(new byte[0], 2, 16)] // a zip64 field of two numbers; the third one is missing
    [InlineData(new byte[0], 0, 2)] // a field of another kind
    public void A_zip64_field_that_is_not_there_is_missed(byte[] extra, int at, byte value)
    {
        byte[] file = ZipMaker.Archive([new ZipPart("x.npy", Array) { IsWide = true, Extra = extra }]);
        int entry = ZipMaker.EntryOf(file), field = entry + 46 + "x.npy".Length + extra.Length;
        if (value > 0)
            file[field + at] = value;
        RequireRefused(file, $"byte {entry}", "a zip64 size is missing or impossible");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_impossible_zip64_length_is_refused(long length)
    {
        byte[] file = ZipMaker.Archive([new ZipPart("x.npy", Array) { IsWide = true, Length = length }]);
        RequireRefused(file, $"byte {ZipMaker.EntryOf(file)}", "a zip64 size is missing or impossible");
    }

    [Fact]
    public void Lengths_of_a_header_may_be_in_its_zip64_field()
    {
        var part = new ZipPart("x.npy", Array) { LocalLength = uint.MaxValue, LocalCompressedLength = uint.MaxValue };
        Assert.Equal([7, 8], Read(ZipMaker.Archive([part])).ToBytes());
    }

    [Fact]
    public void A_header_that_differs_from_the_directory_is_refused()
    {
        var method = new ZipPart("x.npy", Array) { LocalMethod = 8 };
        var checksum = new ZipPart("x.npy", Array) { LocalChecksum = 1 };
        var compressed = new ZipPart("x.npy", Array) { LocalCompressedLength = 1 };
        var length = new ZipPart("x.npy", Array) { LocalLength = 1 };
        var name = new ZipPart("x.npy", Array) { LocalName = [.. "y.npy"u8] };
        var longName = new ZipPart("x.npy", Array) { LocalName = [.. "x.npy and more than three times as long"u8] };
        foreach (var (part, what) in new[]
        {
            (method, "the compression method"), (checksum, "the checksum"), (compressed, "the length"), (length, "the length"),
            (name, "its name"), (longName, "its name"),
        })
        {
            RequireRefused(
                ZipMaker.Archive([part]), "byte 0, member x.npy", $"its header and the archive's directory differ in {what}");
        }
    }

    [Fact]
    public void Lengths_that_follow_the_content_are_not_expected_before_it()
    {
        var part = new ZipPart("x.npy", Array) { Flags = 8, LocalChecksum = 0, LocalLength = 0, LocalCompressedLength = 0 };
        Assert.Equal([7, 8], Read(ZipMaker.Archive([part])).ToBytes());
    }

    [Fact]
    public void A_name_may_have_letters_of_three_bytes() =>
        Assert.Equal([7, 8], Read(ZipMaker.Archive([new ZipPart("€€", Array)])).ToBytes());

    [Theory]
    [InlineData(0, "its header is not at byte 0 of the archive, the position in the directory")] // its first byte
    [InlineData(-20, "its header is not at byte 0 of the archive, the position in the directory")] // it ends too early
    public void An_archive_that_changes_after_it_was_opened_is_refused(int change, string why)
    {
        byte[] file = ZipMaker.Archive([new ZipPart("x.npy", Array)]);
        int left = file.Length;
        using var archive = NpzReader.Open(ByteSource.From(file.Length, (buffer, offset) =>
        {
            int count = (int)Math.Clamp(left - offset, 0, buffer.Length);
            file.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }), "a.npz");
        if (change == 0)
            file[0] = 0;
        else
            left = -change;
        var error = Hostile.Refused(() => archive.Read("x"));
        Assert.Equal(("byte 0, member x.npy", why), (error.Where, error.Why));
    }

    [Fact]
    public void Members_that_share_bytes_are_refused()
    {
        var x = new ZipPart("x.npy", Array);
        byte[] file = ZipMaker.Archive([x, new ZipPart("y.npy", Array) { HeaderOffset = 60 }]);
        RequireRefused(
            file, $"byte {file.AsSpan().IndexOf("PK\u0001\u0002"u8)}, member x.npy",
            $"its {Array.Length} bytes overlap those of the member y.npy");
    }

    [Fact]
    public void A_member_ends_before_the_directory()
    {
        int most = Array.Length + "y.npy".Length; // as far as the directory tells
        byte[] file = ZipMaker.Archive([new ZipPart("y.npy", Array) { CompressedLength = most + 1 }]);
        RequireRefused(file, $"byte {ZipMaker.EntryOf(file)}, member y.npy", $"its {most + 1} bytes extend into the archive's directory");
        file = ZipMaker.Archive(
            [new ZipPart("y.npy", Array) { Method = 8, LocalMethod = 8, CompressedLength = most, LocalCompressedLength = most }]);
        RequireRefused(
            file, "byte 0, member y.npy",
            $"its {most} bytes, from byte 35 on, extend beyond byte {30 + most}, where its place ends");
    }

    [Fact]
    public void A_member_may_have_no_name()
    {
        using var archive = Open(ZipMaker.Archive([new ZipPart("", Array)]));
        Assert.Equal([7, 8], archive.Read("").ToBytes());
    }

    [Fact]
    public void Deflate_expands_1032_times_and_no_more()
    {
        var part = new ZipPart("x.npy", new byte[1_000_000], compress: true);
        long most = 1032L * part.Stored.Length;
        foreach (long length in (long[])[most, most + 1])
        {
            part.Length = part.LocalLength = length;
            byte[] file = ZipMaker.Archive([part]);
            string why = length > most
                ? $"{part.Stored.Length} bytes (deflated) cannot expand to the {length} that it claims"
                : "it is not a NumPy array (.npy), but a file of an unknown kind";
            Assert.Equal(why, Hostile.Refused(() => Read(file)).Why);
        }
    }

    private static NpzReader Open(byte[] file) => NpzReader.Open(ByteSource.From(file), "a.npz");

    private static NumericArray Read(byte[] file)
    {
        using var archive = Open(file);
        return archive.Read(Assert.Single(archive.Names));
    }

    private static void RequireRefused(byte[] file, string where, string why)
    {
        var error = Hostile.Refused(() => Read(file));
        Assert.Equal(("cannot read a.npz", where, why), (error.What, error.Where, error.Why));
    }
}
