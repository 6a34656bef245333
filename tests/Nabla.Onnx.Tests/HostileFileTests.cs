using Nabla.Tests.Shared;

namespace Nabla.Onnx.Tests;

/// <summary>Damaged and malicious files end in an error that says what is wrong, and never take much memory.</summary>
public sealed class HostileFileTests
{
    private static byte[][] Samples { get; } = [.. Directory
        .GetFiles(Repository.PathOf("tests", "Nabla.Onnx.Tests", "Exports"), "*.onnx").Order().Select(File.ReadAllBytes)];

    [Fact]
    public void Mutated_files_are_refused_or_read() => Mutate(rounds: 3_000, seed: 1);

    [Fact(Explicit = true)]
    public void Very_many_mutated_files_are_refused_or_read() => Mutate(rounds: 300_000, seed: 2);

    [Fact]
    public void Every_shortened_file_is_refused_or_read()
    {
        foreach (byte[] sample in Samples)
        {
            for (int length = 0; length < sample.Length; length += 7)
                Try(sample[..length]);
        }
    }

    [Fact]
    public void A_graph_whose_nodes_form_a_circle_is_refused()
    {
        var graph = new OnnxGraph(
            [new OnnxNode("Relu", ["b"], ["a"]), new OnnxNode("Identity", ["a"], ["b"])], [],
            [new OnnxValue("x", OnnxElementType.Float, [null, 2])], [new OnnxValue("a", OnnxElementType.Float, [null, 2])]);
        Assert.Contains("no layer stands below", Refused(graph).Why, StringComparison.Ordinal);
        Refused(graph with { Nodes = [new OnnxNode("Identity", ["b"], ["a"]), new OnnxNode("Identity", ["a"], ["b"])] });
    }

    [Fact]
    public void An_unknown_node_is_named()
    {
        var weights = OnnxTensor.Create<float>("w", [1, 2], 2, 1);
        var graph = new OnnxGraph(
            [
                new OnnxNode("MatMul", ["x", "w"], ["z"]) { Name = "fc" },
                new OnnxNode("HardSwish", ["z"], ["y"]) { Name = "act" },
            ],
            [weights], [new OnnxValue("x", OnnxElementType.Float, [null, 2])], [new OnnxValue("y", OnnxElementType.Float, [null, 1])]);
        Assert.Equal("node act (HardSwish)", Refused(graph).Where);
    }

    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(3, 1, false)] // combined with three examples, number by number
    public void Constants_are_rows(int rows, int columns, bool isRow)
    {
        OnnxTensor[] constants =
            [OnnxTensor.Create<float>("w", new float[6], 2, 3), OnnxTensor.Create<float>("b", [1, 2, 3], rows, columns)];
        OnnxNode[][] layers =
        [
            [new OnnxNode("MatMul", ["x", "w"], ["z"]), new OnnxNode("Add", ["z", "b"], ["y"])],
            [new OnnxNode("Gemm", ["x", "w", "b"], ["y"])],
        ];
        foreach (var nodes in layers)
        {
            var graph = new OnnxGraph(
                nodes, constants, [new OnnxValue("x", OnnxElementType.Float, [null, 2])],
                [new OnnxValue("y", OnnxElementType.Float, [null, 3])]);
            if (isRow)
                Assert.Equal([1f, 2, 3], Read(Bytes(graph)).Network.Biases(0).ToArray());
            else
                Refused(graph);
        }
    }

    [Fact]
    public void Operators_that_combine_shapes_in_another_way_are_refused()
    {
        var file = new ProtobufWriter().Add(7, new ProtobufWriter()).Add(8, new ProtobufWriter().Add(2, 6L));
        Assert.Contains("opset 6", Assert.Throws<InvalidInputException>(() => Read(Bytes(file))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_many_layers_share_do_not_multiply_in_memory()
    {
        var weights = OnnxTensor.Create<float>("w", new float[10_000], 100, 100);
        var nodes = Enumerable.Range(0, 900).Select(i => new OnnxNode("MatMul", [$"x{i}", "w"], [$"x{i + 1}"])).ToArray();
        var graph = new OnnxGraph(
            nodes, [weights], [new OnnxValue("x0", OnnxElementType.Float, [null, 100])],
            [new OnnxValue("x900", OnnxElementType.Float, [null, 100])]);
        Assert.Contains("several layers", Refused(graph).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_another_file_are_refused()
    {
        // A tensor with its dimensions, type, name, and the place of its numbers: external (field 14).
        var tensor = new ProtobufWriter().Add(1, 2L).Add(2, 1L).Add(8, "w").Add(14, 1L);
        var graph = new ProtobufWriter().Add(5, tensor);
        var error = Assert.Throws<InvalidInputException>(() => Read(Bytes(new ProtobufWriter().Add(7, graph))));
        Assert.Contains("in another file", error.Why, StringComparison.Ordinal);
    }

    private static InvalidInputException Refused(OnnxGraph graph) =>
        Assert.Throws<InvalidInputException>(() => Read(Bytes(graph)));

    private static void Mutate(int rounds, int seed)
    {
        var random = new Random(seed);
        int readable = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] bytes = [.. Samples[random.Next(Samples.Length)]];
            for (int change = random.Next(1, 6); change > 0; change--)
                Change(bytes, random);
            readable += Try(bytes) ? 1 : 0;
        }
        Assert.True(readable > 0 && readable < rounds, $"{readable} of {rounds} files were read.");
    }

    private static void Change(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(3))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                int length = Math.Min(random.Next(1, 16), bytes.Length - at);
                bytes.AsSpan(random.Next(bytes.Length - length), length).CopyTo(bytes.AsSpan(at));
                break;
        }
    }

    /// <summary>Whether a file is read. Any exception but one for the user fails the test.</summary>
    private static bool Try(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return true;
        }
        catch (InvalidInputException error)
        {
            Assert.NotEmpty(error.Why);
            return false;
        }
    }

    private static Model Read(byte[] bytes) => ModelImport.Read(bytes, "test.onnx", new OnnxImportOptions());

    private static byte[] Bytes(OnnxGraph graph) => Bytes(new OnnxFile(graph, new Dictionary<string, string>()).ToMessage());

    private static byte[] Bytes(ProtobufWriter message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }
}
