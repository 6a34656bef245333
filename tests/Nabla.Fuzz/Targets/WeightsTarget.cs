namespace Nabla.Fuzz;

/// <summary>Weights as scikit-learn and PyTorch have them, in npz and safetensors.</summary>
internal sealed class WeightsTarget : FuzzTarget
{
    private static readonly string[] Words =
        ["coefs_0", "coefs_1", "intercepts_0", "intercepts_10", "0.weight", "2.weight", "0.bias", ".weight", "weight", "bias", "10.weight"];

    private readonly Mutator mutator;

    public WeightsTarget()
    {
        Samples = [Npz(), Safetensors([Layer(2, 3), Layer(3, 1)]), Safetensors([Layer(4, 2)])];
        mutator = new(Samples, [.. Words, "[3,2]", "[2,3]", "\"F64\"", "[0,24]"]);
    }

    public override string Name => "weights";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng)
    {
        byte[] sample = rng.Pick(Samples);
        if (sample[0] != 'P')
            return SafetensorsTarget.Make(sample, mutator, mutator, rng);
        if (rng.OneIn(2))
            return mutator.Mutate(sample, rng);
        var parts = new List<ZipPart>();
        for (int left = 1 + rng.Below(4); left > 0; left--)
        {
            byte[] array = Arrays.ToNpy(NumericArray.Create<double>(new double[6], rng.Pick<int[]>([[2, 3], [3, 2], [6, 1], [6], [1, 6]])));
            parts.Add(new ZipPart(rng.Pick(Words) + ".npy", rng.OneIn(3) ? mutator.Mutate(array, rng) : array));
        }
        return ZipMaker.Archive(parts);
    }

    public override object Read(byte[] file)
    {
        var layers = WeightFile.ReadLayers(ByteSource.From(file), file is [(byte)'P', (byte)'K', ..] ? "a.npz" : "a.safetensors");
        FoldedLayers.ToNetwork(layers, Activation.Relu, Activation.Identity);
        return layers;
    }

    public override long DecodedBytes(byte[] file, object? result) =>
        Inflating.ZipBytes(file) + (result is FoldedLayer[] layers ? layers.Sum(layer => 16L * layer.Weights.Length) : 2 * file.Length);

    public override string? WhyNotRepeated(object result)
    {
        var before = (FoldedLayer[])result;
        var after = (FoldedLayer[])Read(Safetensors(before));
        return before.Length == after.Length && before.Zip(after).All(pair => pair.First.Inputs == pair.Second.Inputs
            && pair.First.Weights.AsSpan().SequenceEqual(pair.Second.Weights)
            && pair.First.Biases.AsSpan().SequenceEqual(pair.Second.Biases))
                ? null
                : "differs when it is written and read again";
    }

    private static FoldedLayer Layer(int inputs, int outputs) =>
        new(inputs, outputs, [.. Enumerable.Range(0, inputs * outputs).Select(i => i / 2.0)], new double[outputs]);

    private static byte[] Npz()
    {
        using var stream = new MemoryStream();
        NpzWriter.Write(stream,
        [
            ("coefs_0", NumericArray.Create<double>(new double[6], 2, 3)), ("intercepts_0", NumericArray.Create<double>(new double[3], 3)),
            ("coefs_1", NumericArray.Create<float>(new float[3], 3, 1)), ("intercepts_1", NumericArray.Create<float>(new float[1], 1)),
        ]);
        return stream.ToArray();
    }

    private static byte[] Safetensors(FoldedLayer[] layers)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write<double>(stream, new Dictionary<string, string>(), [.. layers.SelectMany((layer, i) =>
            new (string, int[], ReadOnlyMemory<double>)[]
            {
                ($"{2 * i}.weight", [layer.Outputs, layer.Inputs], layer.WeightsByNeuron()), ($"{2 * i}.bias", [layer.Outputs],
                layer.Biases),
            })], "F64");
        return stream.ToArray();
    }
}
