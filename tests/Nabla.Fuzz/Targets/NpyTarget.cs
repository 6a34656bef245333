using System.Text;

namespace Nabla.Fuzz;

/// <summary>NumPy's arrays (.npy).</summary>
internal sealed class NpyTarget : FuzzTarget
{
    private readonly Mutator mutator, headers;

    public NpyTarget()
    {
        Samples = [.. Arrays.Samples.Select(Arrays.ToNpy), .. Arrays.Samples.SelectMany(array => new[]
        {
            Unusual(array, 1, isBigEndian: true, isFortran: false), Unusual(array, 2, isBigEndian: false, isFortran: true),
            Unusual(array, 3, isBigEndian: true, isFortran: true),
        })];
        string[] words =
        [
            "'descr'", "'fortran_order'", "'shape'", "True", "False", "'<f4'", "'>f8'", "'|O'", "'<U4'", "'|S3'", "'<c8'", "'<M8[s]'",
            "'|V8'",
            "[('a', '<f4')]", "(", ")", ",", "{", "}", ":", "'", "L", "None", "lambda: 0", "\\", "\n", "(0,)",
            "(65536, 65536, 65536, 65536)",
            "=", "|", "<", ">", "é",
        ];
        mutator = new(Samples, words);
        headers = new([.. Samples.Select(HeaderOf)], words);
    }

    public override string Name => "npy";

    public override IReadOnlyList<byte[]> Samples { get; }

    /// <summary>A file in another version and order than NpyWriter's.</summary>
    public static byte[] Unusual(NumericArray array, int version, bool isBigEndian, bool isFortran)
    {
        string usual = Encoding.ASCII.GetString(HeaderOf(Arrays.ToNpy(array)));
        string header = usual.Replace("'<", isBigEndian ? "'>" : "'<", StringComparison.Ordinal);
        bool isReordered = isFortran && array.Shape.Count == 2;
        if (isReordered)
            header = header.Replace("False", "True", StringComparison.Ordinal);
        bool isSwapped = isBigEndian && header != usual.Replace("False", isReordered ? "True" : "False", StringComparison.Ordinal);
        return ArrayMaker.Npy(header, Arrays.InOrder(array, isSwapped, isReordered), version);
    }

    /// <summary>Any file, or a header that was changed in a file whose lengths are right.</summary>
    public override byte[] Make(Rng rng)
    {
        byte[] sample = rng.Pick(Samples);
        if (rng.OneIn(2))
            return mutator.Mutate(sample, rng);
        byte[] header = HeaderOf(sample), changed = headers.Mutate(header, rng);
        bool isShort = sample[6] == 1;
        if (isShort && changed.Length > ushort.MaxValue)
            return changed;
        byte[] length = [.. BitConverter.GetBytes(changed.Length).AsSpan(0, isShort ? 2 : 4)];
        return [.. sample.AsSpan(0, 8), .. length, .. changed, .. sample.AsSpan(8 + length.Length + header.Length)];
    }

    public override object Read(byte[] file) => NpyReader.Read(new MemoryStream(file), file.Length, "a.npy");

    public override long DecodedBytes(byte[] file, object? result) => 0; // what is decoded is in the file

    public override string? WhyNotRepeated(object result)
    {
        byte[] file = Arrays.ToNpy((NumericArray)result);
        return Arrays.WhyDifferent((NumericArray)result, (NumericArray)Read(file));
    }

    private static byte[] HeaderOf(byte[] file) => file[6] == 1
        ? file[10..(10 + BitConverter.ToUInt16(file, 8))]
        : file[12..(12 + BitConverter.ToInt32(file, 8))];
}
