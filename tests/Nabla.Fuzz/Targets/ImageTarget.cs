namespace Nabla.Fuzz;

/// <summary>Images in one of the formats.</summary>
/// <param name="name">Name of the format.</param>
/// <param name="check">What checks a file before it is decoded.</param>
/// <param name="samples">Files that are right.</param>
/// <param name="words">Words of the format.</param>
internal class ImageTarget(string name, Func<byte[], string, PictureSize> check, byte[][] samples, params string[] words) : FuzzTarget
{
    private const int DecodedPerPixel = 5; // red, green, blue, alpha, and a level of grey

    protected Mutator Mutator { get; } = new(samples, words);

    public override string Name => name;

    public override IReadOnlyList<byte[]> Samples => samples;

    public static ImageTarget Jpeg() => new(
        "jpeg", (file, name) => JpegStructure.Check(file, name),
        [JpegMaker.Grey([10, 200, 90, 255], 2), JpegMaker.Grey([0], 1), JpegMaker.Grey([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 4)],
        "\xFF\xC4", "\xFF\xC0", "\xFF\xC1", "\xFF\xC2", "\xFF\xDA", "\xFF\xDB", "\xFF\xDD\0\u0004\0\u0001", "\xFF\xD0", "\xFF\xD9",
        "\xFF\0",
        "\xFF\xEE\0\u000EAdobe\0", "\u0001\u0011\0", "\u0003\u0001\u0022\0\u0002\u0011\u0001\u0003\u0011\u0001");

    public static ImageTarget Bmp() => new(
        "bmp", (file, name) => BmpStructure.Check(file, name),
        [BmpMaker.File(5, 3, 24), BmpMaker.File(4, 4, 32), BmpMaker.File(3, 2, 8), BmpMaker.File(9, 2, 1), BmpMaker.File(5, 2, 4),
        BmpMaker.File(2, 2, 16)],
        "BM", "\u0028\0\0\0", "\u006C\0\0\0", "\u007C\0\0\0", "\u0003\0\0\0", "\u0001\0\u0018\0", "\0\0\0\xFF", "\0\xFF\0\0");

    public override byte[] Make(Rng rng) => Mutator.Mutate(rng.Pick(Samples), rng);

    public override object Read(byte[] file) => ImageDecoder.Decode(file, "a", check);

    public override long DecodedBytes(byte[] file, object? result)
    {
        try
        {
            return DecodedPerPixel * check(file, "a").Pixels;
        }
        catch (InvalidInputException)
        {
            return 0;
        }
    }

    public override string? WhyNotRepeated(object result)
    {
        var image = (GreyImage)result;
        var again = ImageDecoder.Decode(PngMaker.Grey(image), "a.png", (file, name) => PngStructure.Check(file, name));
        return (image.Width, image.Height) == (again.Width, again.Height) && image.Levels.AsSpan().SequenceEqual(again.Levels)
            ? null
            : "has other pixels when it is written and read again";
    }
}
