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
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 }, "0x07 is not an element type")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "0 dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 33 }, "33 dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xff, 0, 0, 0 }, "impossible size")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x7f, 0, 0, 0 }, "more than the file can contain")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0x7f, 0, 0, 0, 0x7f, 0, 0, 0 }, "more than 2 GB")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5, 5 }, "more bytes follow")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "but a zip archive")]
    [InlineData(new byte[0], "but an empty file")]
    public void A_file_that_is_not_IDX_is_refused(byte[] content, string why)
    {
        Assert.Contains(why, Hostile.Refused(() => Read(content)).Why, StringComparison.Ordinal);
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
