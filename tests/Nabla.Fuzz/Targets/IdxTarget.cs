namespace Nabla.Fuzz;

/// <summary>IDX files, also in gzip.</summary>
internal sealed class IdxTarget : FuzzTarget
{
    private readonly byte[][] plain;
    private readonly Mutator mutator;

    public IdxTarget()
    {
        plain = [.. Arrays.Samples.Select(ToIdx).OfType<byte[]>()];
        Samples = [.. plain, .. plain.Select(ArrayMaker.Gzip)];
        mutator = new(Samples, "\0\0\b\u0003", "\0\0\r\u0001", "\u001f\u008b");
    }

    public override string Name => "idx";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng) => rng.Below(4) switch
    {
        0 => ArrayMaker.Gzip(mutator.Mutate(rng.Pick(plain), rng)),
        1 => mutator.Mutate(rng.Pick(Samples), rng),
        _ => mutator.Mutate(rng.Pick(plain), rng),
    };

    public override object Read(byte[] file) => IdxReader.Read(ByteSource.From(file), new FileLocation("a.idx"));

    public override long DecodedBytes(byte[] file, object? result) => file is [0x1F, 0x8B, ..] ? Inflating.GzipBytes(file) : 0;

    public override string? WhyNotRepeated(object result) =>
        Arrays.WhyDifferent((NumericArray)result, (NumericArray)Read(ToIdx((NumericArray)result)!));

    /// <summary>A file; null if the format has no such type or shape.</summary>
    private static byte[]? ToIdx(NumericArray array)
    {
        byte type = array.ElementType switch
        {
            ElementType.UInt8 => 8,
            ElementType.Int8 => 9,
            ElementType.Int16 => 0x0B,
            ElementType.Int32 => 0x0C,
            ElementType.Float32 => 0x0D,
            ElementType.Float64 => 0x0E,
            _ => 0,
        };
        return type == 0 || array.Shape.Count == 0
            ? null
            : ArrayMaker.Idx(type, [.. array.Shape], Arrays.InOrder(array, isBigEndian: true, isFortran: false));
    }
}
