using System.IO.Compression;

namespace Nabla.Tests;

public class IdxReaderTests
{
    private static byte[] Images => [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    [Fact]
    public void A_file_in_gzip_is_read()
    {
        var array = IdxReader.Read(TestFiles.FromNumPy("images.idx.gz"));
        Assert.Equal([2, 2, 3], array.Shape);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], array.ToBytes());
    }

    [Theory]
    [InlineData(0x08, new byte[] { 200 }, 200)]
    [InlineData(0x09, new byte[] { 200 }, -56)]
    [InlineData(0x0B, new byte[] { 0xff, 0x00 }, -256)]
    [InlineData(0x0C, new byte[] { 0, 1, 0, 0 }, 65536)]
    [InlineData(0x0D, new byte[] { 0x3f, 0xc0, 0, 0 }, 1.5)]
    [InlineData(0x0E, new byte[] { 0xbf, 0xf8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    public void Each_element_type_is_read(byte code, byte[] element, double value) =>
        Assert.Equal([value, value], Read([0, 0, code, 1, 0, 0, 0, 2, .. element, .. element]).ToDoubles());

    [Theory]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 }, "byte 2", "0x07 is not an element type of an IDX file")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "byte 3", "0 dimensions are claimed; 1 to 32 are allowed")]
    [InlineData(new byte[] { 0, 0, 8, 33 }, "byte 3", "33 dimensions are claimed; 1 to 32 are allowed")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 0, 0xff, 0, 0, 0 }, "byte 8", "dimension 1 has the impossible size 4278190080")]
    [InlineData(
        new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 5 }, "byte 4", "UInt8 [2] takes 2 bytes, more than the file can contain")]
    [InlineData(
        new byte[] { 0, 0, 8, 2, 0x7f, 0, 0, 0, 0x7f, 0, 0, 0 }, "byte 4",
        "the shape [2130706432, 2130706432] needs more than 2 GB, the limit of one array")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5, 5 }, "byte 9", "more bytes follow where it should end")]
    [InlineData(new byte[] { 0, 1, 8, 1 }, "byte 0", "it is not an IDX file, but a file of an unknown kind")]
    [InlineData(new byte[] { 0, 0, 8 }, "byte 0", "it is not an IDX file, but a file of an unknown kind")]
    [InlineData(
        new byte[] { (byte)'P', (byte)'K', 3, 4 }, "byte 0", "it is not an IDX file, but a zip archive (.npz, if NumPy wrote it)")]
    [InlineData(new byte[0], "byte 0", "it is not an IDX file, but an empty file")]
    public void A_file_that_is_not_IDX_is_refused_with_its_place(byte[] content, string where, string why)
    {
        var error = Hostile.Refused(() => Read(content));
        Assert.Equal((where, why), (error.Where, error.Why));
    }

    [Fact]
    public void What_gzip_says_about_its_content_is_checked()
    {
        byte[] file = Compressed(Images);
        var error = Hostile.Refused(() => Read([.. file, 0]));
        Assert.Equal(
            ($"byte {file.Length - 7}", "the checksum or the length at its end does not match the content"), (error.Where, error.Why));
        Assert.Equal(("byte 28", "more bytes follow where it should end"), Refusal([.. Images, 0]));
        Assert.Equal(("byte 0", "its compressed content is not an IDX file, but a text file"), Refusal([.. "text"u8]));
        Assert.Equal(("byte 3", "33 dimensions are claimed; 1 to 32 are allowed"), Refusal([0, 0, 8, 33]));

        static (string, string) Refusal(byte[] content)
        {
            var refusal = Hostile.Refused(() => Read(Compressed(content)));
            return (refusal.Where, refusal.Why);
        }
    }

    [Fact]
    public void An_array_has_at_most_32_dimensions()
    {
        byte[] file = ArrayMaker.Idx(8, [.. Enumerable.Repeat(1, 32)], [7]);
        Assert.Equal(32, Read(file).Shape.Count);
        Assert.Equal([7], Read(file).ToBytes());
    }

    [Theory]
    [InlineData(6, "byte 6")]
    [InlineData(15, "byte 15")]
    [InlineData(27, "byte 4")] // Its shape claims one byte more than there is.
    public void A_truncation_is_refused_at_its_place(int length, string where) =>
        Assert.Equal(where, Hostile.Refused(() => Read(Images[..length])).Where);

    [Fact]
    public void A_truncation_is_refused_wherever_it_falls() => Hostile.RefusesEachTruncation(Images, "a.idx", path => IdxReader.Read(path));

    [Fact]
    public void A_truncation_of_the_gzip_is_refused_wherever_it_falls() =>
        Hostile.RefusesEachTruncation(Compressed(Images), "a.gz", path => IdxReader.Read(path));

    [Fact]
    public void A_flipped_byte_is_refused_or_gives_a_whole_array() =>
        Assert.InRange(Hostile.FlipEachByte(Images, "a.idx", path => Hostile.JudgeWellFormed(IdxReader.Read(path))), 20, 40);

    [Fact]
    public void A_flipped_byte_of_the_gzip_is_found() =>
        Hostile.FlipEachByte(Compressed(Images), "a.gz", path => Assert.Equal(Images[16..], IdxReader.Read(path).ToBytes()));

    private static NumericArray Read(byte[] content)
    {
        using var files = new TestFiles();
        return IdxReader.Read(files.Write("a.idx", content));
    }

    private static byte[] Compressed(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }
}
