namespace Nabla.Onnx;

/// <summary>The layers of a graph, from its input to a tensor, and how inputs are scaled before them.</summary>
/// <param name="Layers">The layers, the first one first.</param>
/// <param name="Activations">The activation of each.</param>
/// <param name="Preprocessing">How inputs are scaled.</param>
internal sealed record Trunk(IReadOnlyList<DenseLayer> Layers, IReadOnlyList<Activation> Activations, Preprocessing Preprocessing)
{
    private const int Most = 1000;

    /// <summary>Finds the layers below a tensor.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="passThrough">Passes over nodes that change nothing.</param>
    /// <param name="head">The tensor: outputs of the last layer, after its activation.</param>
    /// <param name="fileLength">Bytes of the file: no more memory than its weights take is used.</param>
    /// <exception cref="InvalidInputException">The graph is not a chain of layers.</exception>
    public static Trunk Find(GraphView graph, PassThrough passThrough, string head, long fileLength)
    {
        var layers = new Stack<DenseLayer>();
        var activations = new Stack<Activation>();
        var pattern = new ActivationPattern(graph, passThrough);
        long left = fileLength; // parameters of a byte or more each
        string name = passThrough.Source(head);
        while (true)
        {
            var (activation, z) = pattern.Find(name);
            if (DenseLayer.Find(graph, passThrough, passThrough.Source(z), left) is not { } layer)
            {
                RequireNoActivation(graph, name, activation);
                break;
            }
            if (layers.Count == Most)
                throw graph.File.Refuse("its graph", $"it has more than {Most} layers");
            passThrough.RequireWidth(layer.Outputs);
            if (layers.TryPeek(out var next) && next.Inputs != layer.Outputs)
                throw graph.File.Refuse("its graph", $"a layer of {layer.Outputs} outputs is followed by one of {next.Inputs} inputs");
            layers.Push(layer);
            activations.Push(activation);
            left -= layer.Weights.Length;
            name = passThrough.Source(layer.Input);
        }
        if (!layers.TryPeek(out var first))
        {
            throw graph.Producer(name) is { } node
                ? graph.File.Refuse(node, "it is neither a layer nor an activation that Nabla has")
                : graph.File.Refuse("its graph", "it has no layer");
        }
        return new Trunk([.. layers], [.. activations], InputScaling.Find(graph, passThrough, name, first.Inputs));
    }

    /// <summary>The same layers, with another one in the place of the last.</summary>
    public Trunk WithLast(DenseLayer layer, Activation activation) =>
        this with { Layers = [.. Layers.SkipLast(1), layer], Activations = [.. Activations.SkipLast(1), activation] };

    /// <summary>The network.</summary>
    /// <exception cref="InvalidOptionException">A layer cannot have its activation.</exception>
    public Network ToNetwork()
    {
        var network = new Network(new Topology(
            Layers[0].Inputs, [.. Layers.Zip(Activations, (layer, activation) => new Layer(layer.Outputs, activation))]));
        var parameters = network.EditParameters();
        for (int i = 0; i < Layers.Count; i++)
        {
            Layers[i].Weights.CopyTo(network.Topology.Weights(parameters, i));
            Layers[i].Biases.CopyTo(network.Topology.Biases(parameters, i));
        }
        return network;
    }

    private static void RequireNoActivation(GraphView graph, string name, Activation activation)
    {
        if (activation != Activation.Identity)
            throw graph.File.Refuse(graph.Producer(name)!, "no layer stands below this activation");
    }
}
