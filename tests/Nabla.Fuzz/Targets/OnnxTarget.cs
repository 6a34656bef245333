using Nabla.Onnx;

namespace Nabla.Fuzz;

/// <summary>Networks from ONNX files.</summary>
internal sealed class OnnxTarget : FuzzTarget
{
    private readonly Mutator mutator;

    public OnnxTarget()
    {
        Samples =
        [
            .. Directory.GetFiles(Repository.PathOf("tests", "Nabla.Onnx.Tests", "Exports"), "*.onnx").Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
            .. ModelSamples.OfFeatures.Where(model => model.Members.Count == 0 && model.Scaling != Scaling.RobustPerFeature).Select(Write),
        ];
        mutator = new(
            Samples, "Gemm", "MatMul", "Add", "Relu", "Softmax", "LogSoftmax", "Sigmoid", "Tanh", "Cast", "Reshape", "Flatten", "ArgMax",
                "ZipMap",
            "Transpose", "Constant", "Identity", "alpha", "beta", "transB", "axis", "ai.onnx.ml", "coefficient", "weight", "input",
            "output");
    }

    public override string Name => "onnx";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng)
    {
        byte[] sample = rng.Pick(Samples);
        if (rng.OneIn(3))
            return mutator.Mutate(sample, rng);
        var fields = ProtobufTree.Parse(sample)!;
        for (int left = 1 + rng.Below(3); left > 0; left--)
            ProtobufTree.Mutate(fields, mutator, rng);
        return ProtobufTree.Write(fields);
    }

    public override object Read(byte[] file) => ModelImport.Read(file, "a.onnx", new OnnxImportOptions());

    // Objects for nodes of twenty bytes or more, and patterns that are tried at each node, for each of up to ten outputs.
    public override long DecodedBytes(byte[] file, object? result) => 80L * file.Length;

    public override string? WhyNotRepeated(object result)
    {
        var before = (Model)result;
        var again = (Model)Read(Write(before));
        // As numbers: a bias of -0 is 0 the second time.
        return before.Network.Parameters.SequenceEqual(again.Network.Parameters) && before.OutputNames.SequenceEqual(again.OutputNames)
            && before.Preprocessing.Offsets.SequenceEqual(again.Preprocessing.Offsets)
            && before.Preprocessing.Scales.SequenceEqual(again.Preprocessing.Scales)
            ? null
            : "differs when it is exported and imported again";
    }

    private static byte[] Write(Model model)
    {
        using var stream = new MemoryStream();
        ModelExport.Create(model).WriteTo(stream);
        return stream.ToArray();
    }
}
