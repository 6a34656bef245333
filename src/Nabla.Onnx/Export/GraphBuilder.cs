namespace Nabla.Onnx;

/// <summary>A graph that grows node by node. Each name is used once; a name that is taken gets a number.</summary>
internal sealed class GraphBuilder
{
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> initializers = [];
    private readonly List<OnnxValue> inputs = [];
    private readonly List<OnnxValue> outputs = [];
    private readonly List<OnnxValue> between = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Adds an input, one row for each example. All inputs come before anything else, so that they keep their names.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">The shape of one example.</param>
    /// <param name="description">What it is, for readers of the file.</param>
    public string Input(string name, OnnxElementType type, IEnumerable<int> shape, string description)
    {
        inputs.Add(new OnnxValue(Unique(name), type, [null, .. shape]) { Description = description });
        return inputs[^1].Name;
    }

    /// <summary>Adds a constant of one number.</summary>
    public string Constant<T>(string name, T value)
        where T : unmanaged => Add(OnnxTensor.Create<T>(Unique(name), [value]));

    /// <summary>Adds a constant.</summary>
    public string Constant<T>(string name, ReadOnlySpan<T> values, params IReadOnlyList<long> shape)
        where T : unmanaged => Add(OnnxTensor.Create(Unique(name), values, shape));

    /// <summary>Adds a constant of texts.</summary>
    public string Constant(string name, IReadOnlyList<string> texts) => Add(OnnxTensor.Create(Unique(name), texts));

    /// <summary>Adds a node.</summary>
    /// <param name="operation">Its operator.</param>
    /// <param name="result">The name of what it computes, and of the node.</param>
    /// <param name="arguments">The names of its inputs.</param>
    /// <returns>The name of what it computes.</returns>
    public string Node(string operation, string result, params IReadOnlyList<string> arguments) =>
        Add(new OnnxNode(operation, arguments, [Unique(result)]));

    /// <summary>Adds a node with several arguments and with attributes.</summary>
    public string Node(string operation, string result, IReadOnlyList<string> arguments, IReadOnlyList<OnnxAttribute> attributes) =>
        Add(new OnnxNode(operation, arguments, [Unique(result)]) { Attributes = attributes });

    /// <summary>Adds a node with attributes.</summary>
    public string Node(string operation, string result, string argument, params IReadOnlyList<OnnxAttribute> attributes) =>
        Add(new OnnxNode(operation, [argument], [Unique(result)]) { Attributes = attributes });

    /// <summary>Adds a node of the domain for machine learning, whose result is floats.</summary>
    /// <param name="operation">Its operator.</param>
    /// <param name="result">The name of what it computes, and of the node.</param>
    /// <param name="argument">The name of its input.</param>
    /// <param name="shape">The shape of the result for one example.</param>
    /// <param name="attributes">Its attributes.</param>
    public string LearningNode(
        string operation, string result, string argument, IEnumerable<long> shape, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var node = new OnnxNode(operation, [argument], [Unique(result)]) { Attributes = attributes, Domain = OnnxFile.MachineLearning };
        between.Add(new OnnxValue(node.Outputs[0], OnnxElementType.Float, [null, .. shape]));
        return Add(node);
    }

    /// <summary>Adds a conversion to another type.</summary>
    public string Cast(string result, string argument, OnnxElementType type) =>
        Node("Cast", result, argument, OnnxAttribute.Create("to", (long)type));

    /// <summary>Makes the result of a node an output.</summary>
    /// <param name="name">The name of the result.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">The shape for one example.</param>
    /// <param name="description">What it is, for readers of the file.</param>
    public void Output(string name, OnnxElementType type, IEnumerable<int> shape, string description) =>
        outputs.Add(new OnnxValue(name, type, [null, .. shape.Select(length => (long?)length)]) { Description = description });

    /// <summary>The graph.</summary>
    public OnnxGraph ToGraph(string name, string description) =>
        new(nodes, initializers, inputs, outputs) { Name = name, Description = description, Between = between };

    private string Add(OnnxTensor tensor)
    {
        initializers.Add(tensor);
        return tensor.Name;
    }

    private string Add(OnnxNode node)
    {
        nodes.Add(node with { Name = node.Outputs[0] });
        return node.Outputs[0];
    }

    // An empty name would stand for an input that is left out.
    private string Unique(string name)
    {
        string wanted = name.Length == 0 ? "column" : name, unique = wanted;
        for (int number = 2; !names.Add(unique); number++)
            unique = $"{wanted}.{number}";
        return unique;
    }
}
