namespace Nabla.Onnx;

/// <summary>The outputs of a classifier: the label and the score of each class.</summary>
internal static class ClassOutputs
{
    /// <summary>Adds the outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="networks">The names of the outputs of its network, or of each member's, [N, classes], floats.</param>
    /// <param name="mark">The name of what is added, [N, 1], floats: 0, or NaN for a refused example; null for nothing.</param>
    public static void Add(GraphBuilder graph, Classifier model, IReadOnlyList<string> networks, string? mark)
    {
        bool areProbabilities = model.Topology.OutputActivation == Activation.Softmax;
        string name = areProbabilities ? "probabilities" : "scores";
        string outputs = model.Members.Count == 0 ? networks[0] : graph.Cast("mean.float", Mean(graph, networks), OnnxElementType.Float);
        string scores = mark is null ? graph.Node("Identity", name, [outputs]) : graph.Node("Add", name, outputs, mark);
        graph.Output(Label(graph, model.ClassNames, scores), OnnxElementType.Text, [], "The class with the largest score.");
        graph.Output(
            scores, OnnxElementType.Float, [model.ClassNames.Count],
            areProbabilities ? "The probability of each class, in the order of nabla.classes."
                : $"The output for each class, after {model.Topology.OutputActivation}, in the order of nabla.classes.");
    }

    private static string Mean(GraphBuilder graph, IReadOnlyList<string> networks) => MeanNodes.Add(
        graph, [.. networks.Select((outputs, i) => graph.Cast($"member{i + 1}.outputs", outputs, OnnxElementType.Double))]);

    /// <summary>The name of the first class with the largest score; empty where a score is NaN, where Nabla reports an error.</summary>
    private static string Label(GraphBuilder graph, IReadOnlyList<string> names, string scores)
    {
        string strongest = graph.Node(
            "ArgMax", "label.strongest", scores, OnnxAttribute.Create("axis", 1L), OnnxAttribute.Create("keepdims", 0L));
        string marks = graph.Cast("label.marks", graph.Node("IsNaN", "label.isNaN", [scores]), OnnxElementType.Float);
        string mark = graph.Node(
            "ReduceMax", "label.mark", marks, OnnxAttribute.Create("axes", [1L]), OnnxAttribute.Create("keepdims", 0L));
        string undefined = graph.Cast("label.isUndefined", mark, OnnxElementType.Boolean);
        string index = graph.Node("Where", "label.index", undefined, graph.Constant("label.none", (long)names.Count), strongest);
        return graph.Node("Gather", "label", graph.Constant("label.names", [.. names, ""]), index);
    }
}
