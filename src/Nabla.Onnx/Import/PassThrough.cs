namespace Nabla.Onnx;

/// <summary>Nodes that leave the numbers of each example as they are: names, types, shapes, and dropout in inference.</summary>
internal sealed class PassThrough(GraphView graph)
{
    private readonly List<(OnnxNode Node, long Width)> widths = [];

    /// <summary>Goes from a tensor to the one whose numbers it has.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="types">Whether conversions between float and double count.</param>
    /// <exception cref="InvalidInputException">A node changes numbers or mixes examples.</exception>
    public string Source(string name, bool types = true)
    {
        for (int steps = 0; steps < GraphView.MostSteps; steps++)
        {
            var node = graph.Producer(name);
            if (node is not { Domain: "" or "ai.onnx", Inputs.Count: > 0 } || !Passes(node, types))
                return name;
            name = node.Inputs[0];
        }
        throw graph.File.Refuse("its graph", "its nodes form a circle, or a chain that is longer than any network");
    }

    /// <summary>Checks the widths that nodes passed so far give to the tensor, now that its width is known.</summary>
    /// <param name="width">Numbers of an example.</param>
    /// <exception cref="InvalidInputException">A node gives examples another width.</exception>
    public void RequireWidth(int width)
    {
        foreach (var (node, given) in widths)
        {
            if (given is not (-1 or 0) && given != width)
                throw graph.File.Refuse(node, $"it makes rows of {given} numbers from examples of {width}");
        }
        widths.Clear();
    }

    private bool Passes(OnnxNode node, bool types) => node.Operator switch
    {
        "Identity" => true,
        "Dropout" => IsInference(node),
        "Cast" => types && CastIsExact(node),
        "Flatten" => Require(node.Attribute("axis")?.Number is null or 1, node, "it does not flatten from axis 1"),
        "Reshape" => KeepsExamples(node),
        _ => false,
    };

    private bool IsInference(OnnxNode node) => Require(
        node.Inputs is not [_, _, { Length: > 0 } mode, ..] || graph.Number(mode) is 0, node,
        "it drops neurons in training mode: the model was not exported in evaluation mode");

    private bool CastIsExact(OnnxNode node) => Require(
        node.Attribute("to")?.Number is (long)OnnxElementType.Float or (long)OnnxElementType.Double, node,
        "it converts numbers to a type other than float and double");

    private bool KeepsExamples(OnnxNode node)
    {
        if (node.Inputs.Count != 2 || graph.Numbers(node.Inputs[1]) is not [var rows, var width] || rows is not (-1 or 0 or 1))
            throw graph.File.Refuse(node, "it does not keep one row for each example");
        // A model that was exported for one example at a time has 1 row; its layers do the same for each.
        widths.Add((node, (long)width));
        return true;
    }

    private bool Require(bool condition, OnnxNode node, string why) => condition ? true : throw graph.File.Refuse(node, why);
}
