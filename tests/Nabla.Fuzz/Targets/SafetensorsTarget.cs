using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Fuzz;

/// <summary>Safetensors files: their tensors and their metadata.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private static readonly string[] Words =
    [
        "\"__metadata__\":{\"a\":\"b\"},", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F32\"", "\"F64\"", "\"BF16\"", "\"Q9\"",
        "[0,0]", "[4,4]",
        "[0,4]", "{", "}", "[", "]", ",", ":", "\"", "\\ud800", "\\u0000", "null", "true", "[[[[", "w", "\"w\":", "4294967296,4294967296",
        " ",
    ];

    private readonly Mutator mutator, headers;

    public SafetensorsTarget()
    {
        var strings = new Dictionary<string, string> { ["k"] = "v", ["é"] = "\"\n" };
        Samples =
        [
            Write(new([], [])), Write(new(strings, [("w", [2, 3], new float[6]), ("b", [3], [1, float.NaN, -0f]), ("e", [0], [])])),
            Write(new([], [("s", [], [1])])), Write(new(strings, [])),
        ];
        mutator = new(Samples, Words);
        headers = new([.. Samples.Select(HeaderOf)], Words);
    }

    public override string Name => "safetensors";

    public override IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Any file, or a header that was changed in a file whose length of the header is right.</summary>
    public static byte[] Make(byte[] sample, Mutator whole, Mutator headers, Rng rng)
    {
        if (rng.OneIn(3))
            return whole.Mutate(sample, rng);
        byte[] header = HeaderOf(sample), changed = headers.Mutate(header, rng);
        return ArrayMaker.Safetensors(changed, sample[(8 + header.Length)..]);
    }

    public static byte[] HeaderOf(byte[] file) => file[8..(8 + BitConverter.ToInt32(file))];

    /// <summary>Quotation marks within texts as \" in place of \u0022, so that they are seldom hit.</summary>
    public static byte[] WithShortQuotes(byte[] file)
    {
        byte[] header = HeaderOf(file);
        string text = Regex.Replace(Encoding.UTF8.GetString(header), @"(?<!\\)\\u0022", "\\\"");
        return ArrayMaker.Safetensors(Encoding.UTF8.GetBytes(text), file[(8 + header.Length)..]);
    }

    public override byte[] Make(Rng rng) => Make(rng.Pick(Samples), mutator, headers, rng);

    public override object Read(byte[] file)
    {
        using var safetensors = SafetensorsFile.Open(ByteSource.From(file), "a.safetensors");
        return new Content(
            new(safetensors.Metadata),
            [
                .. safetensors.Tensors.Where(tensor => tensor.DataType == "F32")
                    .Select(tensor => (tensor.Name, tensor.Shape.ToArray(), safetensors.ReadFloats(tensor.Name))),
            ]);
    }

    public override long DecodedBytes(byte[] file, object? result) => 0; // what is decoded is in the file

    public override string? WhyNotRepeated(object result)
    {
        var before = (Content)result;
        var after = (Content)Read(Write(before));
        bool isSame = before.Metadata.Count == after.Metadata.Count && before.Metadata.All(pair => after.Metadata[pair.Key] == pair.Value)
            && before.Tensors.Count == after.Tensors.Count
            && before.Tensors.Zip(after.Tensors).All(pair => pair.First.Name == pair.Second.Name
                && pair.First.Shape.SequenceEqual(pair.Second.Shape) && Arrays.SameBits(pair.First.Values, pair.Second.Values));
        return isSame ? null : "differs when it is written and read again";
    }

    private static byte[] Write(Content content)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write<float>(
            stream, content.Metadata, [.. content.Tensors.Select(tensor => (tensor.Name, tensor.Shape,
                (ReadOnlyMemory<float>)tensor.Values))],
            "F32");
        return stream.ToArray();
    }

    private sealed record Content(Dictionary<string, string> Metadata, List<(string Name, int[] Shape, float[] Values)> Tensors);
}
