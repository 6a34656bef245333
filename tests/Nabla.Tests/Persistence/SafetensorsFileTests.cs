using System.Text;
using CsCheck;

namespace Nabla.Tests;

public class SafetensorsFileTests
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    [Fact]
    public void The_bytes_are_those_the_format_describes()
    {
        using var files = new TestFiles();
        SafetensorsFile.Write(files["a"], new Dictionary<string, string> { ["k"] = "v" }, [("w", [2, 1], new float[] { 1, -2 }),
            ("b", [], new float[] { 0.5f })]);
        string header = "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0,
            0, 0, 0x3f];
        Assert.Equal(expected, File.ReadAllBytes(files["a"]));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        using var files = new TestFiles();
        Gen.Select(Gen.String, Gen.Float.Array[0, 9], Gen.Float.Array[0, 9]).Sample((text, a, b) =>
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // no half surrogates: they are no text
            SafetensorsFile.Write(files["a"], new Dictionary<string, string> { ["text"] = text, [text] = "key" }, [("b", [b.Length], b),
                ("a" + text, [1, a.Length], a)]);
            using var file = SafetensorsFile.Open(files["a"]);
            Assert.Equal(text == "text" ? "key" : text, file.Metadata["text"]);
            Assert.Equal(2, file.Tensors.Count);
            Assert.Equal(Bits(b), Bits(file.ReadFloats("b")));
            Assert.Equal(Bits(a), Bits(file.ReadFloats("a" + text)));
        }, iter: 200, threads: 1);

        static IEnumerable<uint> Bits(float[] values) => values.Select(BitConverter.SingleToUInt32Bits);
    }

    [Fact]
    public void Doubles_are_written_and_read_as_F64()
    {
        using var files = new TestFiles();
        SafetensorsFile.Write(files["a"], NoMetadata, [("x", [2], new double[] { Math.PI, double.NaN })]);
        using var file = SafetensorsFile.Open(files["a"]);
        Assert.Equal("F64", Assert.Single(file.Tensors).DataType);
        Assert.Equal([Math.PI, double.NaN], file.ReadDoubles("x"));
        Assert.Contains("is F64, but F32 is required", Hostile.Refused(() => file.ReadFloats("x")).Why, StringComparison.Ordinal);
        Assert.Contains("no tensor y", Hostile.Refused(() => file.ReadDoubles("y")).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_of_other_types_are_listed_and_their_content_is_refused()
    {
        using var files = new TestFiles();
        string path = files.Write("a",
            WithHeader("{\"x\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"q\":{\"dtype\":\"Q9\",\"shape\":[9],\"data_offsets\":[4,5]}}", 5));
        using var file = SafetensorsFile.Open(path);
        Assert.Equal(["x: BF16 [2]", "q: Q9 [9]"], file.Tensors.Select(t => t.ToString()));
        Assert.Contains("is BF16", Hostile.Refused(() => file.ReadFloats("x")).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8, "the tensors take 4 bytes, but 8 follow")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 3, "the tensors take 4 bytes, but 3 follow")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "instead of 0")]
    [InlineData(
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", 6, "instead of 4")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "does not take the bytes 0 to 4")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "does not take the bytes 4 to 0")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[100000,100000],\"data_offsets\":[0,40000000000]}}", 4, "does not take the bytes")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 0, "larger than any array")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "whole numbers")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4, "whole numbers")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "lacks")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "lacks")]
    [InlineData("{\"x\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "not a string")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}", 4, "unknown")]
    [InlineData(
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},"
        + "\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0, "twice")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}", 4, "is not a list")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]", 4, "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1", 4, "malformed")]
    [InlineData("{\"x\":{\"dtype\":", 4, "malformed")]
    [InlineData("{\"x\":[]}", 4, "'x' is not an object")]
    [InlineData("{\"__metadata__\":[]}", 4, "not an object")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "twice")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", 0, "not a string")]
    [InlineData("{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0, "malformed")]
    [InlineData("{\"x\":[[[[[[[[]]]]]]]]}", 0, "malformed")]
    [InlineData("{} {}", 0, "malformed")]
    [InlineData("{", 0, "malformed")]
    [InlineData("[]", 0, "begin with {")]
    [InlineData("", 0, "begin with {")]
    public void A_header_that_lies_or_is_malformed_is_refused(string header, int dataLength, string why)
    {
        using var files = new TestFiles();
        string path = files.Write("a", WithHeader(header, dataLength));
        Assert.Contains(why, Hostile.Refused(() => ReadAll(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        using var files = new TestFiles();
        byte[] header = [.. "{\"__metadata__\":{\"a\":\""u8, 0xff, .. "\"}}"u8];
        string path = files.Write("a", [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header]);
        Assert.Contains("UTF-8", Hostile.Refused(() => ReadAll(path)).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{' }, "1 are possible")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0 }, "a zip archive")]
    public void A_header_longer_than_the_file_is_refused(byte[] content, string why)
    {
        using var files = new TestFiles();
        string path = files.Write("a", content);
        Assert.Contains(why, Hostile.Refused(() => ReadAll(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncation_is_refused_wherever_it_falls() => Hostile.RefusesEachTruncation(Small(), "a", ReadAll);

    [Fact]
    public void A_flipped_byte_is_refused_or_gives_whole_tensors() => Assert.InRange(Hostile.FlipEachByte(Small(), "a", ReadAll), 100, 400);

    [Fact]
    public void Names_that_repeat_and_shapes_that_do_not_fit_are_not_written()
    {
        using var files = new TestFiles();
        RequireRefused("the name 'x' occurs twice", ("x", [1], new float[1]), ("x", [1], new float[1]));
        RequireRefused("the metadata 'shape' is not a string", ("__metadata__", [1], new float[1]));
        RequireRefused("x: F32 [2] does not take the bytes 0 to 4", ("x", [2], new float[1]));
        RequireRefused("x: F32 [0] does not take the bytes 0 to 4", ("x", [0], new float[1]));
        RequireRefused("is not a list of at most 32 whole numbers", ("x", [-1, -1], new float[1]));
        RequireRefused("is not a list of at most 32 whole numbers", ("x", [.. Enumerable.Repeat(1, 33)], new float[1]));
        Assert.False(File.Exists(files["a"]));

        void RequireRefused(string why, params (string, int[], ReadOnlyMemory<float>)[] tensors)
        {
            var error = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(files["a"], NoMetadata, tensors));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_tensor_metadata_may_not_follow_metadata()
    {
        using var files = new TestFiles();
        var error = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(
            files["a"], new Dictionary<string, string> { ["k"] = "v" }, [("__metadata__", [1], new float[1])]));
        Assert.Contains("the name '__metadata__' occurs twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_not_Unicode_are_not_written()
    {
        using var files = new TestFiles();
        var error = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(files["a"], NoMetadata, [("w\ud800", [1], new float[1])]));
        Assert.Contains("The tensor name 'w", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(files["a"]));
    }

    [Fact]
    public void A_stream_of_tensors_of_2_GiB_or_more_is_refused_before_they_are_read()
    {
        byte[] bytes = WithHeader(
            "{\"x\":{\"dtype\":\"U8\",\"shape\":[2147483591],\"data_offsets\":[0,2147483591]},"
            + "\"y\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2147483591,2147483592]}}", 9);
        var error = Hostile.Refused(() => SafetensorsFile.Read(new MemoryStream(bytes), "stream"));
        Assert.Equal(("byte 8", "its tensors take 2147483592 bytes, too many for a stream"), (error.Where, error.Why));
    }

    [Theory]
    [InlineData(1, "BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2")]
    [InlineData(2, "U16", "I16", "F16", "BF16")]
    [InlineData(4, "U32", "I32", "F32")]
    [InlineData(8, "U64", "I64", "F64", "C64")]
    public void A_tensor_takes_the_bytes_of_its_type(int size, params string[] types)
    {
        using var files = new TestFiles();
        foreach (string type in types)
        {
            for (int bytes = 3 * size - 1; bytes <= 3 * size + 1; bytes++)
            {
                string header = $"{{\"x\":{{\"dtype\":\"{type}\",\"shape\":[3],\"data_offsets\":[0,{bytes}]}}}}";
                string path = files.Write("a", WithHeader(header, bytes));
                var error = Record.Exception(() => SafetensorsFile.Open(path).Dispose());
                if (bytes == 3 * size)
                    Assert.Null(error);
                else
                    Assert.Contains("does not take the bytes", Assert.IsType<InvalidInputException>(error).Why, StringComparison.Ordinal);
            }
        }
    }

    private static void ReadAll(string path)
    {
        using var file = SafetensorsFile.Open(path);
        foreach (var tensor in file.Tensors)
            Assert.Equal(tensor.Shape.Aggregate(1, (product, size) => product * size), file.ReadFloats(tensor.Name).Length);
    }

    private static byte[] WithHeader(string header, int dataLength)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [(byte)text.Length, (byte)(text.Length >> 8), 0, 0, 0, 0, 0, 0, .. text, .. new byte[dataLength]];
    }

    private static byte[] Small()
    {
        using var files = new TestFiles();
        SafetensorsFile.Write(
            files["a"], new Dictionary<string, string> { ["k"] = "v" }, [("w", [2, 2], new float[4]), ("b", [2], new float[2])]);
        return File.ReadAllBytes(files["a"]);
    }
}
