using System.Globalization;
using System.Text;

namespace Nabla.Tests;

public class NpyReaderTests
{
    private static readonly float[] Cube = [.. Enumerable.Range(0, 24).Select(i => (float)i)];

    [Theory]
    [InlineData("version-1.npy")]
    [InlineData("version-2.npy")]
    [InlineData("version-3.npy")]
    public void Each_version_of_the_format_is_read(string name)
    {
        var array = NpyReader.Read(TestFiles.FromNumPy(name));
        Assert.Equal(ElementType.Float32, array.ElementType);
        Assert.Equal([2, 3, 4], array.Shape);
        Assert.Equal(Cube, array.ToFloats());
    }

    [Theory]
    [InlineData("objects.npy", "Python objects ('O')", "allow_pickle")]
    [InlineData("structured.npy", "structured array", "field")]
    [InlineData("strings.npy", "strings ('<U4')", "integers")]
    [InlineData("bytes.npy", "strings ('|S4')", "integers")]
    [InlineData("complex.npy", "complex numbers ('<c8')", "real")]
    [InlineData("dates.npy", "dates or times ('<M8[s]')", "astype")]
    public void An_array_of_anything_but_plain_numbers_is_refused_by_name(string name, string why, string remedy)
    {
        var error = Hostile.Refused(() => NpyReader.Read(TestFiles.FromNumPy(name)));
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 10000)}", "more than 2 GB")] // 40 GB
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (100000000,)}", "takes 400000000 bytes, but 4 follow")]
    // 2^64: wraps to 0
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536)}", "more than 2 GB")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "larger than any array")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "negative")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", "needs a comma")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}", "needs a comma")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}",
        "32 dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ()} ()", "text follows")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}", "repeated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1}", "unknown")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': ()}", "True or False")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': ()}", "'<f4, ' is not supported")]
    [InlineData("{'descr': '<f4\\'', 'fortran_order': False, 'shape': ()}", "does not end")]
    [InlineData("{'descr': '=f4', 'fortran_order': False, 'shape': ()}", "byte order")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': ()}", "'' is not supported")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': ()}", "'<f16' is not supported")]
    [InlineData("__import__('os').system('true')", "'{' is expected")]
    [InlineData("", "'{' is expected")]
    public void A_header_that_lies_or_is_malformed_is_refused(string header, string why)
    {
        var error = Hostile.Refused(() => ReadWithHeader(header, dataLength: 4));
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"shape\":(),\"descr\":\"<f4\",\"fortran_order\":True}")]
    [InlineData("  {  'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 1L , ) , }  \n")]
    public void Other_ways_to_write_the_same_header_are_read(string header)
    {
        Assert.Equal([0f], ReadWithHeader(header, dataLength: 4).ToFloats());
    }

    [Theory]
    [InlineData("{'shape': (12L, 3), 'descr': '<f4', 'fortran_order': False, }")]
    [InlineData("{ \"descr\": \"|u1\", 'fortran_order' : True , 'shape' : ( 1 , ) }")]
    public void A_header_that_ends_early_is_malformed_wherever_it_ends(string header)
    {
        for (int length = 0; length < header.Length; length++)
        {
            var error = Hostile.Refused(() => ReadWithHeader(header[..length], dataLength: 4));
            Assert.StartsWith("the array's header is malformed: ", error.Why, StringComparison.Ordinal);
            Assert.InRange(int.Parse(error.Where["byte ".Length..], CultureInfo.InvariantCulture), 10, 10 + length);
        }
    }

    [Theory]
    [InlineData("{'descr': [('a', '<f4')]", "byte 20", "it is a structured array, with fields of several types")]
    [InlineData("{'descr':  ('<f4', (2,))", "byte 21", "it is a structured array, with fields of several types")]
    [InlineData("{'descr': <f4", "byte 20", "the array's header is malformed: a quoted string is expected")]
    [InlineData(
        "{'descr': '\t'", "byte 20",
        "the array's header is malformed: the string does not end, or has characters that NumPy does not write")]
    [InlineData("{'shape': (2, -", "byte 24", "the array's header is malformed: a size is negative")]
    [InlineData("{'shape': (2, x", "byte 24", "the array's header is malformed: a size is expected")]
    [InlineData("{'shape': (2147483648,", "byte 21", "the array's header is malformed: a size is larger than any array")]
    [InlineData("{'shape': (2M", "byte 22", "the array's header is malformed: a shape of one dimension needs a comma, as in (3,)")]
    [InlineData("{'shape': (2, 3M", "byte 25", "the array's header is malformed: ')' is expected")]
    [InlineData("{'shape': (2,), 'shape': ", "byte 26", "the array's header is malformed: the key 'shape' is unknown or repeated")]
    [InlineData("{'fortran_order': true", "byte 28", "the array's header is malformed: True or False is expected")]
    [InlineData("{}", "byte 10", "the array's header is malformed: one of 'descr', 'fortran_order' and 'shape' is missing")]
    [InlineData("{} x", "byte 13", "the array's header is malformed: text follows the header's dictionary")]
    public void What_is_wrong_in_a_header_is_named_with_its_place(string header, string where, string why)
    {
        var error = Hostile.Refused(() => ReadWithHeader(header, dataLength: 4));
        Assert.Equal((where, why), (error.Where, error.Why));
    }

    [Theory]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80 }, "byte 0", "it is not a NumPy array (.npy), but a text file")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89 }, "byte 6", "it ends within the header")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 0 }, "byte 9", "it ends within the header")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 2, 0, 0, 0, 0 }, "byte 11", "it ends within the header")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 0, 0 }, "byte 10", "the array's header is malformed: '{' is expected")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 3, 0, 0, 0, 0, 0 }, "byte 12", "the array's header is malformed: '{' is expected")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 0, 0, 0, 0 }, "byte 6", "version 0.0 of the .npy format is unknown")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 4, 0, 0, 0, 0, 0 }, "byte 6", "version 4.0 of the .npy format is unknown")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 1, 0, 0 }, "byte 6", "version 1.1 of the .npy format is unknown")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 1, 0 }, "byte 8", "the header claims 1 bytes, and at most 0 are possible")]
    [InlineData(
        new byte[] { 0x93, 78, 85, 77, 80, 89, 2, 0, 2, 0, 1, 0, 123 }, "byte 8",
        "the header claims 65538 bytes, and at most 1 are possible")]
    public void What_is_wrong_before_the_header_is_named_with_its_place(byte[] file, string where, string why)
    {
        var error = Hostile.Refused(() => Read(file));
        Assert.Equal((where, why), (error.Where, error.Why));
    }

    [Fact]
    public void A_header_has_at_most_64_KB()
    {
        byte[] start = [.. ArrayMaker.Npy("", [], version: 2, claimed: 65537), .. new byte[70_000]];
        Assert.Equal("the header claims 65537 bytes, and at most 65536 are possible", Hostile.Refused(() => Read(start)).Why);
        string header = ArrayMaker.NpyHeader("|u1", "(1,)").PadRight(65536);
        Assert.Equal([7], Read(ArrayMaker.Npy(header, [7], version: 2)).ToBytes());
    }

    [Theory]
    [InlineData("(2, 2)", true, "it holds texts in Fortran order")]
    [InlineData("(2, 2)", false, null)]
    [InlineData("(4, 1)", true, null)]
    [InlineData("(4,)", true, null)]
    public void Texts_in_several_columns_are_read_in_C_order(string shape, bool fortran, string? why)
    {
        byte[] file = ArrayMaker.Npy(ArrayMaker.NpyHeader("|S1", shape, fortran), [.. "abcd"u8]);
        LabelArray Labels() => NpyReader.ReadLabels(new MemoryStream(file), file.Length, new FileLocation("a.npy"));
        if (why is null)
            Assert.Equal(["a", "b", "c", "d"], Labels().Texts!.Distinct(4, new FileLocation("a.npy")).Names);
        else
            Assert.Equal(why, Hostile.Refused(() => Labels()).Why);
    }

    [Fact]
    public void A_stream_is_read_no_further_than_the_array()
    {
        byte[] file = ArrayMaker.Npy(ArrayMaker.NpyHeader("|u1", "(1,)"), [7]);
        using var stream = new MemoryStream([.. file, 1, 2, 3]);
        Assert.Equal([7], NpyReader.Read(stream, file.Length, "a.npy").ToBytes());
        Assert.Equal(file.Length, stream.Position);
    }

    [Fact]
    public void Bytes_after_the_data_are_refused()
    {
        var error = Hostile.Refused(() => ReadWithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", dataLength: 5));
        Assert.Contains("takes 4 bytes, but 5 follow", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boolean_is_0_or_1()
    {
        byte[] file = [.. WithHeader("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}"), 1, 2];
        Assert.Contains("2 is not a boolean", Hostile.Refused(() => Read(file)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncation_is_refused_wherever_it_falls() =>
        Hostile.RefusesEachTruncation(File.ReadAllBytes(TestFiles.FromNumPy("version-2.npy")), "a.npy", path => NpyReader.Read(path));

    [Fact]
    public void A_flipped_byte_is_refused_or_gives_a_whole_array()
    {
        var file = File.ReadAllBytes(TestFiles.FromNumPy("version-1.npy"));
        int refused = Hostile.FlipEachByte(file, "a.npy", path => Hostile.JudgeWellFormed(NpyReader.Read(path)));
        Assert.InRange(refused, 80, 2 * file.Length);
    }

    private static NumericArray ReadWithHeader(string header, int dataLength) => Read([.. WithHeader(header), .. new byte[dataLength]]);

    private static NumericArray Read(byte[] file) => NpyReader.Read(new MemoryStream(file), file.Length, "a.npy");

    private static byte[] WithHeader(string header) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header)];
}
