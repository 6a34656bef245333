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
