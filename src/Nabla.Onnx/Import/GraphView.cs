namespace Nabla.Onnx;

/// <summary>A graph that is read from its outputs to its input: what computes a tensor, and which tensors are constants.</summary>
internal sealed class GraphView
{
    /// <summary>Longer chains of nodes than any network has.</summary>
    public const int MostSteps = 10_000;

    private readonly OnnxGraph graph;
    private readonly Dictionary<string, OnnxNode> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> constants = new(StringComparer.Ordinal);

    /// <exception cref="InvalidInputException">A name stands for two tensors, or the graph has not one input.</exception>
    public GraphView(OnnxGraph graph, ImportedFile file)
    {
        this.graph = graph;
        File = file;
        foreach (var tensor in graph.Initializers)
            AddConstant(tensor.Name, tensor);
        foreach (var node in graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(name => name.Length > 0))
            {
                if (constants.ContainsKey(output) || !producers.TryAdd(output, node))
                    throw file.Refuse(node, $"the name \"{output}\" stands for two tensors");
            }
            if (ConstantOf(node) is { } constant && node.Outputs.Count == 1)
                AddConstant(node.Outputs[0], constant);
        }
        var inputs = graph.Inputs.Where(input => !constants.ContainsKey(input.Name)).ToList();
        if (inputs.Count != 1)
        {
            string names = string.Join(", ", inputs.Take(5).Select(input => input.Name));
            throw file.Refuse(
                "its inputs", $"it has {inputs.Count} inputs ({names}), not one of numbers",
                "Import a file with a single input. A model that Nabla exported from a table is loaded from its own model file.");
        }
        Input = inputs[0];
    }

    public ImportedFile File { get; }

    /// <summary>The only input that is not a constant.</summary>
    public OnnxValue Input { get; }

    public IReadOnlyList<OnnxValue> Outputs => graph.Outputs;

    /// <summary>Whether a tensor is the graph's input.</summary>
    public bool IsInput(string name) => name == Input.Name;

    /// <summary>The constant of a name; null if the tensor is computed.</summary>
    public OnnxTensor? Constant(string name) => constants.GetValueOrDefault(name);

    /// <summary>The numbers of a constant; null if the tensor is computed, or is not made of numbers.</summary>
    public double[]? Numbers(string name) => Constant(name) is { HasNumbers: true } tensor ? tensor.ToDoubles() : null;

    /// <summary>
    /// The numbers of a constant that is combined with each example: one number, or a row. Null if it is anything else, such as a column,
    /// which would be combined with examples by their place in the batch.
    /// </summary>
    public double[]? Row(string name) => Constant(name) is { HasNumbers: true } tensor
        && (tensor.Count == 1 || tensor.Shape.SkipLast(1).All(length => length == 1)) ? tensor.ToDoubles() : null;

    /// <summary>The only number of a constant; null if it is anything else.</summary>
    public double? Number(string name) => Constant(name) is { HasNumbers: true, Count: 1 } tensor ? tensor.ToDoubles()[0] : null;

    /// <summary>The node that computes a tensor; null for the input.</summary>
    /// <exception cref="InvalidInputException">Nothing of this name exists.</exception>
    public OnnxNode? Producer(string name)
    {
        if (producers.TryGetValue(name, out var node))
            return node;
        return IsInput(name) || constants.ContainsKey(name) ? null : throw File.Refuse("its graph", $"nothing computes \"{name}\"");
    }

    /// <summary>The node that computes a tensor, if it has this operator of ONNX itself and enough inputs; else null.</summary>
    public OnnxNode? Producer(string name, string operation, int inputs = 1) =>
        Producer(name) is { Domain: "" or "ai.onnx" } node && node.Operator == operation && node.Inputs.Count >= inputs ? node : null;

    /// <summary>
    /// Divides the inputs of a node with two into the one that is computed and the constant; null if it is not one of each.
    /// </summary>
    public (string Computed, string Constant)? Operands(OnnxNode node)
    {
        if (node.Inputs.Count != 2)
            return null;
        bool first = Constant(node.Inputs[0]) is not null, second = Constant(node.Inputs[1]) is not null;
        if (first == second)
            return null;
        return first ? (node.Inputs[1], node.Inputs[0]) : (node.Inputs[0], node.Inputs[1]);
    }

    private void AddConstant(string name, OnnxTensor tensor)
    {
        if (!constants.TryAdd(name, tensor))
            throw File.Refuse("its constants", $"the name \"{name}\" stands for two tensors");
    }

    /// <summary>The constant that a node gives: a literal, or another constant that is renamed or transposed.</summary>
    private OnnxTensor? ConstantOf(OnnxNode node)
    {
        if (node.Domain is not ("" or "ai.onnx"))
            return null;
        if (node.Operator == "Constant")
            return LiteralOf(node);
        if (node.Inputs.Count != 1 || Constant(node.Inputs[0]) is not { } source)
            return null;
        return node.Operator switch
        {
            "Identity" => source,
            "Transpose" when source is { Shape.Count: 2, HasNumbers: true } => source.Transposed(),
            _ => null,
        };
    }

    private static OnnxTensor? LiteralOf(OnnxNode node)
    {
        if (node.Attribute("value")?.Tensor is { } tensor)
            return tensor;
        if (node.Attribute("value_float")?.Float is { } value)
            return OnnxTensor.Create<float>("", [value]);
        return node.Attribute("value_int")?.Number is { } number ? OnnxTensor.Create<long>("", [number])
            : node.Attribute("value_ints")?.Numbers is { } numbers ? OnnxTensor.Create<long>("", [.. numbers], numbers.Count)
            : node.Attribute("value_floats")?.Floats is { } floats ? OnnxTensor.Create<float>("", [.. floats], floats.Count)
            : null;
    }
}
