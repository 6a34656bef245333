using System.Runtime.InteropServices;

namespace Nabla.Comparisons;

/// <summary>Writes a network as an ONNX file: Gemm and an activation for each layer, any number of examples at once.</summary>
/// <remarks>Field numbers are those of onnx.proto.</remarks>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Output = "y";

    private const int IrVersion = 8, OperatorSet = 13;
    private const int Float = 1;    // TensorProto.DataType.FLOAT

    public static byte[] Create(Network network)
    {
        var topology = network.Topology;
        int last = topology.LayerCount - 1;
        var graph = new ProtobufMessage().Add(2, "network");
        for (int layer = 0; layer <= last; layer++)
        {
            string below = layer == 0 ? Input : $"a{layer}", above = layer == last ? Output : $"a{layer + 1}";
            graph
                .Add(1, Node("Gemm", $"z{layer + 1}", below, $"w{layer + 1}", $"b{layer + 1}"))
                .Add(1, Node(Operator(topology.Layers[layer].Activation), above, $"z{layer + 1}"))
                .Add(5, Tensor($"w{layer + 1}", network.Weights(layer), topology.Inputs(layer), topology.Outputs(layer)))
                .Add(5, Tensor($"b{layer + 1}", network.Biases(layer), topology.Outputs(layer)));
        }
        graph.Add(11, Value(Input, topology.Inputs(0))).Add(12, Value(Output, topology.Outputs(last)));
        return new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(7, graph)
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, OperatorSet))
            .ToArray();
    }

    private static string Operator(Activation activation) => activation.Name switch
    {
        "sigmoid" => "Sigmoid",
        "relu" => "Relu",
        "softmax" => "Softmax",    // over the last axis
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No workload of the prediction comparison uses it."),
    };

    private static ProtobufMessage Node(string type, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Add(1, input);
        return node.Add(2, output).Add(4, type);
    }

    private static ProtobufMessage Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var tensor = new ProtobufMessage();
        foreach (int size in shape)
            tensor.Add(1, size);
        return tensor.Add(2, Float).Add(8, name).Add(9, MemoryMarshal.AsBytes(values));
    }

    /// <summary>A float tensor [N, columns].</summary>
    private static ProtobufMessage Value(string name, int columns)
    {
        var shape = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, "N")).Add(1, new ProtobufMessage().Add(1, columns));
        var tensor = new ProtobufMessage().Add(1, Float).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
