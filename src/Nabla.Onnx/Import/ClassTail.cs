using System.Globalization;

namespace Nabla.Onnx;

/// <summary>What follows the last layer of a classifier: the strongest class and its label.</summary>
/// <param name="Head">The name of the scores that the output is computed from.</param>
/// <param name="IsBinary">Whether scores are 1 - p and p of one unit.</param>
/// <param name="GivesClasses">Whether the output tells that the network predicts classes.</param>
/// <param name="Names">The names of the classes, if the output has them.</param>
internal sealed record ClassTail(string Head, bool IsBinary, bool GivesClasses, IReadOnlyList<string>? Names)
{
    /// <summary>Follows an output down to the scores.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="passThrough">Passes over nodes that change nothing.</param>
    /// <param name="output">The name of the output.</param>
    /// <exception cref="InvalidInputException">A node is used in a way that is not supported.</exception>
    public static ClassTail Find(GraphView graph, PassThrough passThrough, string output)
    {
        if (graph.Producer(output) is { Operator: "ZipMap", Domain: OnnxFile.MachineLearning, Inputs.Count: 1 } zip)
            return Scores(graph, passThrough, zip.Inputs[0]) with { GivesClasses = true, Names = NamesOf(zip, "classlabels") };
        var (index, names) = Label(graph, output);
        return Strongest(graph, index) is { } argMax
            ? Scores(graph, passThrough, argMax.Inputs[0]) with { GivesClasses = true, Names = names }
            : Scores(graph, passThrough, output);
    }

    /// <summary>The scores: as they are, or 1 - p and p side by side.</summary>
    private static ClassTail Scores(GraphView graph, PassThrough passThrough, string name)
    {
        name = passThrough.Source(name);
        if (graph.Producer(name, "Concat", 2) is { Inputs.Count: 2 } sides && sides.Attribute("axis")?.Number is 1 or -1
            && graph.Producer(passThrough.Source(sides.Inputs[0]), "Sub", 2) is { } difference
            && graph.Number(difference.Inputs[0]) is 1)
        {
            string p = passThrough.Source(sides.Inputs[1]);
            if (passThrough.Source(difference.Inputs[1]) == p)
                return new ClassTail(p, IsBinary: true, GivesClasses: true, null);
        }
        return new ClassTail(name, IsBinary: false, GivesClasses: false, null);
    }

    /// <summary>The number of the class that a label is the name of, and the names; the tensor itself if it is no label.</summary>
    private static (string Index, IReadOnlyList<string>? Names) Label(GraphView graph, string name)
    {
        name = AsIs(graph, name);
        if (graph.Producer(name) is { Operator: "ArrayFeatureExtractor", Domain: OnnxFile.MachineLearning, Inputs.Count: 2 } extractor)
            return (AsIs(graph, extractor.Inputs[1]), NamesOf(graph, extractor, extractor.Inputs[0]));
        if (graph.Producer(name) is { Operator: "LabelEncoder", Domain: OnnxFile.MachineLearning, Inputs.Count: 1 } encoder)
            return (AsIs(graph, encoder.Inputs[0]), EncodedNames(graph, encoder));
        if (graph.Producer(name, "Gather", 2) is { } gather && graph.Constant(gather.Inputs[0]) is not null)
        {
            var names = NamesOf(graph, gather, gather.Inputs[0]);
            string index = AsIs(graph, gather.Inputs[1]);
            // As Nabla exports: where a score is NaN, the label is the empty one behind the others.
            return graph.Producer(index, "Where", 3) is { } where && graph.Number(where.Inputs[1]) == names.Count - 1
                && TestsNaN(graph, where.Inputs[0])
                    ? (AsIs(graph, where.Inputs[2]), [.. names.SkipLast(1)])
                    : (index, names);
        }
        return (name, null);
    }

    /// <summary>The node that finds the largest score; null if a tensor is not its result.</summary>
    private static OnnxNode? Strongest(GraphView graph, string name)
    {
        if (graph.Producer(name, "ArgMax") is not { } node)
            return null;
        if (node.Attribute("axis")?.Number is not (1 or -1) || node.Attribute("select_last_index")?.Number is not (null or 0))
            throw graph.File.Refuse(node, "it does not find the first of the largest scores on axis 1");
        return node;
    }

    /// <summary>Passes over nodes that change the shape or the type of labels.</summary>
    private static string AsIs(GraphView graph, string name)
    {
        for (int steps = 0; steps < GraphView.MostSteps; steps++)
        {
            if (graph.Producer(name) is not { Domain: "" or "ai.onnx", Inputs.Count: > 0 } node
                || node.Operator is not ("Identity" or "Cast" or "Reshape" or "Squeeze" or "Flatten"))
            {
                return name;
            }
            name = node.Inputs[0];
        }
        throw graph.File.Refuse("its graph", "its nodes form a circle");
    }

    private static bool TestsNaN(GraphView graph, string name) =>
        graph.Producer(name, "Cast") is { } toBoolean && graph.Producer(toBoolean.Inputs[0], "ReduceMax") is { } any
        && graph.Producer(any.Inputs[0], "Cast") is { } toNumber && graph.Producer(toNumber.Inputs[0], "IsNaN") is not null;

    private static IReadOnlyList<string> NamesOf(GraphView graph, OnnxNode node, string constant) => graph.Constant(constant) switch
    {
        { Type: OnnxElementType.Text } texts => texts.Texts,
        { HasNumbers: true } numbers => [.. numbers.ToDoubles().Select(Text)],
        _ => throw graph.File.Refuse(node, "its class names are not constants"),
    };

    private static IReadOnlyList<string>? NamesOf(OnnxNode node, string attribute) =>
        node.Attribute($"{attribute}_strings")?.Texts is { Count: > 0 } texts ? texts
        : node.Attribute($"{attribute}_int64s")?.Numbers is { Count: > 0 } numbers ? [.. numbers.Select(number => Text(number))]
        : null;

    private static List<string> EncodedNames(GraphView graph, OnnxNode node)
    {
        var keys = node.Attribute("keys_int64s")?.Numbers;
        var names = NamesOf(node, "values");
        if (keys is null || names is null || keys.Count != names.Count || keys.Order().Where((key, i) => key != i).Any())
            throw graph.File.Refuse(node, "it does not name the classes from 0 on");
        return [.. keys.Zip(names).OrderBy(pair => pair.First).Select(pair => pair.Second)];
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
