namespace Nabla.Onnx;

/// <summary>Nodes in the order in which they are computed, with their constants, inputs and outputs.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Initializers">Constants by name.</param>
/// <param name="Inputs">What the caller gives. Old files list constants here too.</param>
/// <param name="Outputs">What the caller gets.</param>
internal sealed record OnnxGraph(
    IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Initializers, IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs)
{
    /// <summary>More nodes, constants or inputs than any network of layers has.</summary>
    private const int Most = 100_000;

    public string Name { get; init; } = "";

    /// <summary>Types of tensors that lie between, for readers that do not know what all operators compute.</summary>
    public IReadOnlyList<OnnxValue> Between { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>Reads the message of the format.</summary>
    /// <exception cref="InvalidDataException">It has too many parts, or a tensor is not consistent.</exception>
    public static OnnxGraph Read(ProtobufReader message)
    {
        List<OnnxNode> nodes = [];
        List<OnnxTensor> initializers = [];
        List<OnnxValue> inputs = [], outputs = [];
        while (message.Next())
        {
            switch (message.Field)
            {
                case Fields.Node:
                    Add(nodes, OnnxNode.Read(message.Message()), "nodes");
                    break;
                case Fields.Initializer:
                    Add(initializers, OnnxTensor.Read(message.Message()), "constants");
                    break;
                case Fields.SparseInitializer:
                    throw new InvalidDataException("it has sparse constants");
                case Fields.Input:
                    Add(inputs, OnnxValue.Read(message.Message()), "inputs");
                    break;
                case Fields.Output:
                    Add(outputs, OnnxValue.Read(message.Message()), "outputs");
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
        return new OnnxGraph(nodes, initializers, inputs, outputs);
    }

    /// <summary>The message of the format.</summary>
    public ProtobufWriter ToMessage() => new ProtobufWriter()
        .Add(Fields.Node, Nodes.Select(node => node.ToMessage()))
        .Add(Fields.Name, Name)
        .Add(Fields.Initializer, Initializers.Select(tensor => tensor.ToMessage()))
        .AddIfAny(Fields.Description, Description)
        .Add(Fields.Input, Inputs.Select(value => value.ToMessage()))
        .Add(Fields.Output, Outputs.Select(value => value.ToMessage()))
        .Add(Fields.Between, Between.Select(value => value.ToMessage()));

    private static void Add<T>(List<T> parts, T part, string what)
    {
        if (parts.Count == Most)
            throw new InvalidDataException($"it has more than {Most} {what}");
        parts.Add(part);
    }

    /// <summary>Numbers of the fields.</summary>
    private static class Fields
    {
        public const int Node = 1;
        public const int Name = 2;
        public const int Initializer = 5;
        public const int Description = 10;
        public const int Input = 11;
        public const int Output = 12;
        public const int Between = 13;
        public const int SparseInitializer = 15;
    }
}
