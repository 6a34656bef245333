using System.Runtime.CompilerServices;

namespace Nabla.Cli.Tests;

public sealed class PngImageTests
{
    private const int Width = 13;
    private const int Height = 11;

    private static string Fixture(string name, [CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "Files", name + ".png");

    /// <summary>The sample at x, y in channel c of the files c*b*i*.png, which were put together byte by byte in Python.</summary>
    private static int Sample(int x, int y, int c, int bits) => bits <= 8
        ? (x * 37 + y * 91 + c * 53 + x * y * 7) % (1 << bits)
        : (x * 3701 + y * 9103 + c * 5303 + x * y * 701) % 65536;

    private static int As8Bits(int sample, int bits) => bits == 16 ? sample >> 8 : sample * 255 / ((1 << bits) - 1);

    private static int Luminance(int r, int g, int b) => (19595 * r + 38470 * g + 7471 * b + 32768) >> 16;

    private static (int Grey, int Alpha) Expected(int x, int y, int type, int bits)
    {
        int C(int channel) => As8Bits(Sample(x, y, channel, bits), bits);
        int index = Sample(x, y, 0, bits);
        return type switch
        {
            0 => (C(0), 255),
            2 => (Luminance(C(0), C(1), C(2)), 255),
            3 => (Luminance((index * 5 + 35) % 256, (index * 11 + 77) % 256, (index * 17 + 119) % 256), 255),
            4 => (C(0), C(1)),
            _ => (Luminance(C(0), C(1), C(2)), C(3)),
        };
    }

    [Theory]
    [InlineData(0, new[] { 1, 2, 4, 8, 16 })]
    [InlineData(2, new[] { 8, 16 })]
    [InlineData(3, new[] { 1, 2, 4, 8 })]
    [InlineData(4, new[] { 8, 16 })]
    [InlineData(6, new[] { 8, 16 })]
    public void Each_kind_of_PNG_is_read_to_the_level(int type, int[] depths)
    {
        foreach (var (bits, interlaced) in depths.SelectMany(bits => (int[])[0, 1], (bits, interlaced) => (bits, interlaced)))
        {
            GreyImage image = PngRead(Fixture($"c{type}b{bits}i{interlaced}"));
            Assert.Equal((Width, Height), (image.Width, image.Height));
            var places = Enumerable.Range(0, Width * Height);
            (int Grey, int Alpha)[] expected = [.. places.Select(i => Expected(i % Width, i / Width, type, bits))];
            int ground = expected.Sum(pixel => pixel.Grey * pixel.Alpha) > 127 * expected.Sum(pixel => pixel.Alpha) ? 0 : 255;
            byte[] composed = [.. expected.Select(pixel => (byte)((pixel.Grey * pixel.Alpha + ground * (255 - pixel.Alpha) + 127) / 255))];
            Assert.Equal(composed, image.Levels);
        }
    }

    [Theory]
    [InlineData(
        "pil-rgb",
        "0009131c252e38414a16202b35404a555f6a2b37434f5b66727e8a414e5b6875828f9c8c57657382909e8f9eac6d7c8c9bab9dadbccc8293a4b5a8b9cadbce")]
    [InlineData(
        "pil-grey",
        "0009131c252e38414a16202b35404a555f6a2b37434f5b66727e8a414e5b6875828f9c8c57657382909e8f9eac6d7c8c9bab9dadbccc8293a4b5a8b9cadbce")]
    [InlineData(
        "pil-bilevel",
        "00000000000000000000000000ff00ff00ff0000ff0000ff00ff0000ff00ff00ff00ffff0000ff00ff00ff00ffff00ff00ffffffffff00ffffff00ff00ffff")]
    [InlineData(
        "pil-palette-transparent",
        "2626262626555555552626262655555555552626555555ffffffff55555555ffffffff5555558484ffff9b9b9b84848484ffbcbcbcbc8484848484bcbcbcbc")]
    [InlineData(
        "pil-grey-alpha",
        "ffffffffffffffffffd7d9dbdddfe0e2e4e6afb3b7babec2c6c9cd878d92989ea3a9afb45f676e767d858c949b37404a535d666f79820f1a26313c47535e69")]
    public void Images_by_another_program_are_read_to_the_level(string name, string levels) =>
        Assert.Equal(levels, Convert.ToHexStringLower(PngRead(Fixture(name)).Levels));

    [Theory]
    [InlineData(0, 255)]
    [InlineData(255, 0)]
    public void Ink_on_nothing_is_seen_whether_black_or_white(byte ink, byte ground)
    {
        byte[] rows = [0, ink, 255, ink, 0, 0, ink, 0, ink, 255];
        byte[] file = PngMaker.File(PngMaker.Header(2, 2, 8, 4), PngMaker.Data(rows), PngMaker.Chunk("IEND"));
        Assert.Equal([ink, ground, ground, ink], PngDecode(file, "ink.png").Levels);
    }

    [Fact]
    public void All_bytes_of_a_file_matter()
    {
        byte[] file = File.ReadAllBytes(Fixture("c0b8i0"));
        for (int i = 0; i < file.Length; i++)
        {
            byte[] flipped = [.. file];
            flipped[i] ^= 0x10;
            Assert.Throws<InvalidInputException>(() => PngDecode(flipped, "flipped.png"));
        }
    }

    [Fact]
    public void A_truncated_file_is_found_wherever_it_ends()
    {
        byte[] file = File.ReadAllBytes(Fixture("c3b4i1"));
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<InvalidInputException>(() => PngDecode(file[..length], "short.png"));
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "it does not begin as a PNG file", "GIF89a"u8.ToArray() },
        { "the file ends within a chunk, or before the chunk IEND", PngMaker.Signature },
        { "the file ends within a chunk, or before the chunk IEND", PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Data([0, 0])) },
        { "the file ends within a chunk, or before the chunk IEND", PngMaker.File([0xFF, 0xFF, 0xFF, 0xFF, 73, 72, 68, 82, 0, 0, 0, 0]) },
        { "the first chunk is IDAT, not IHDR", PngMaker.File(PngMaker.Data([0, 0]), PngMaker.Chunk("IEND")) },
        { "there is a second chunk IHDR", PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Header(9, 9, 8, 0)) },
        { "IHDR has 2 bytes instead of 13", PngMaker.File(PngMaker.Chunk("IHDR", 1, 2)) },
        { "it has 0 x 5 pixels; 1 to 67108864 pixels are allowed", PngMaker.File(PngMaker.Header(0, 5, 8, 0)) },
        {
            "it has 2147483647 x 2147483647 pixels; 1 to 67108864 pixels are allowed",
            PngMaker.File(PngMaker.Header(int.MaxValue, int.MaxValue, 8, 0))
        },
        { "it has 4294967295 x 1 pixels; 1 to 67108864 pixels are allowed", PngMaker.File(PngMaker.Header(-1, 1, 8, 0)) },
        {
            "bit depth 4, colour type 2, compression 0, filter 0 and interlacing 0 cannot be combined",
            PngMaker.File(PngMaker.Header(1, 1, 4, 2))
        },
        {
            "bit depth 8, colour type 0, compression 0, filter 0 and interlacing 2 cannot be combined",
            PngMaker.File(PngMaker.Header(1, 1, 8, 0, 2))
        },
        {
            "the header promises 67117056 bytes of pixels, which 10 compressed bytes cannot hold",
            PngMaker.File(PngMaker.Header(8192, 8192, 8, 0), PngMaker.Data([0, 0]), PngMaker.Chunk("IEND"))
        },
        {
            "the data expand to fewer than the 110 bytes that the header promises",
            PngMaker.File(PngMaker.Header(10, 10, 8, 0), PngMaker.Data(new byte[109]), PngMaker.Chunk("IEND"))
        },
        {
            "the data expand to more than the 2 bytes that the header promises",
            PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Data(new byte[100_000_000]), PngMaker.Chunk("IEND"))
        },
        {
            "the compressed data are damaged",
            PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Chunk("IDAT", 1, 2, 3, 4, 5), PngMaker.Chunk("IEND"))
        },
        {
            "the compressed data need a preset dictionary, which PNG does not allow",
            PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Chunk("IDAT", 0x78, 0xBB, 0, 0, 0, 1, 3, 0), PngMaker.Chunk("IEND"))
        },
        {
            "the compressed data are damaged",
            PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Chunk("IDAT", 0x78, 0x9C, 7, 7, 7, 7), PngMaker.Chunk("IEND"))
        },
        { "0x30303030 is not a chunk type", PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Chunk("0000")) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_file_is_refused_before_it_is_decoded(string why, byte[] file) =>
        Assert.Equal(why, Assert.Throws<InvalidInputException>(() => PngDecode(file, "hostile.png")).Why);

    [Fact]
    public void What_only_the_decoder_can_tell_is_an_invalid_input_too()
    {
        byte[] noPalette = PngMaker.File(PngMaker.Header(1, 1, 8, 3), PngMaker.Data([0, 0]), PngMaker.Chunk("IEND"));
        byte[] unknownFilter = PngMaker.File(PngMaker.Header(1, 1, 8, 0), PngMaker.Data([9, 0]), PngMaker.Chunk("IEND"));
        foreach (byte[] file in (byte[][])[noPalette, unknownFilter])
        {
            var error = Assert.Throws<InvalidInputException>(() => PngDecode(file, "odd.png"));
            Assert.StartsWith("the decoder says: ", error.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_disk_error() => Assert.ThrowsAny<IOException>(() => PngRead("/nowhere/digit.png"));

    private static GreyImage PngRead(string path) => ImageDecoder.Read(path, (bytes, called) => PngStructure.Check(bytes, called));

    private static GreyImage PngDecode(byte[] file, string name) =>
        ImageDecoder.Decode(file, name, (bytes, called) => PngStructure.Check(bytes, called));
}
