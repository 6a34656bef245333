namespace Nabla.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Operator">What it computes: <c>Gemm</c>.</param>
/// <param name="Inputs">The names of what it takes; an empty name where an optional input is left out.</param>
/// <param name="Outputs">The names of what it computes.</param>
internal sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Where the operator is defined; empty for ONNX itself.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Its name; may be empty.</summary>
    public string Name { get; init; } = "";

    public IReadOnlyList<OnnxAttribute> Attributes { get; init; } = [];

    /// <summary>An attribute by its name; null if it is not given.</summary>
    public OnnxAttribute? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>Reads the message of the format.</summary>
    public static OnnxNode Read(ProtobufReader message)
    {
        List<string> inputs = [], outputs = [];
        List<OnnxAttribute> attributes = [];
        var node = new OnnxNode("", inputs, outputs) { Attributes = attributes };
        while (message.Next())
        {
            switch (message.Field)
            {
                case Fields.Input:
                    inputs.Add(message.Text());
                    break;
                case Fields.Output:
                    outputs.Add(message.Text());
                    break;
                case Fields.Name:
                    node = node with { Name = message.Text() };
                    break;
                case Fields.Operator:
                    node = node with { Operator = message.Text() };
                    break;
                case Fields.Attribute:
                    attributes.Add(OnnxAttribute.Read(message.Message()));
                    break;
                case Fields.Domain:
                    node = node with { Domain = message.Text() };
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
        return node;
    }

    /// <summary>The message of the format.</summary>
    public ProtobufWriter ToMessage() => new ProtobufWriter()
        .Add(Fields.Input, Inputs)
        .Add(Fields.Output, Outputs)
        .AddIfAny(Fields.Name, Name)
        .Add(Fields.Operator, Operator)
        .Add(Fields.Attribute, Attributes.Select(attribute => attribute.ToMessage()))
        .AddIfAny(Fields.Domain, Domain);

    /// <summary>The node for messages: <c>node fc1 (Gemm)</c>.</summary>
    public override string ToString() =>
        $"node {(Name.Length > 0 ? Name : Outputs.FirstOrDefault("without outputs"))} "
        + $"({(Domain.Length > 0 ? $"{Domain}." : "")}{Operator})";

    /// <summary>Numbers of the fields.</summary>
    private static class Fields
    {
        public const int Input = 1;
        public const int Output = 2;
        public const int Name = 3;
        public const int Operator = 4;
        public const int Attribute = 5;
        public const int Domain = 7;
    }
}
