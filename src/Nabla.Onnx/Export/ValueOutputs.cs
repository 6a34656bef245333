namespace Nabla.Onnx;

/// <summary>The output of a regressor: its values, in the units of the training data.</summary>
internal static class ValueOutputs
{
    /// <summary>Adds the output.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The regressor.</param>
    /// <param name="networks">The names of the outputs of its network, or of each member's, [N, targets], floats.</param>
    /// <param name="mark">The name of what is added, [N, 1], floats: 0, or NaN for a refused example; null for nothing.</param>
    public static void Add(GraphBuilder graph, Regressor model, IReadOnlyList<string> networks, string? mark)
    {
        string values;
        if (model.Members.Count == 0)
        {
            values = ScaleBack(graph, model.TargetScaling!, networks[0], "");
        }
        else
        {
            values = MeanNodes.Add(graph, [.. model.Members.Select(
                (member, i) => ScaleBack(graph, member.TargetScaling!, networks[i], $"member{i + 1}."))]);
        }
        string output = mark is null
            ? graph.Node("Identity", "values", [values])
            : graph.Node("Add", "values", values, graph.Cast("features.mark.double", mark, OnnxElementType.Double));
        graph.Output(
            output, OnnxElementType.Double, [model.TargetNames.Count],
            $"Predictions of {string.Join(", ", model.TargetNames)}.");
    }

    /// <summary>outputs * scale + offset in double precision, within the limits.</summary>
    private static string ScaleBack(GraphBuilder graph, TargetScaling scaling, string outputs, string prefix)
    {
        long count = scaling.Count;
        string values = graph.Cast($"{prefix}outputs", outputs, OnnxElementType.Double);
        if (scaling.Scales.ContainsAnyExcept(1.0))
        {
            string scales = graph.Constant($"{prefix}targets.scales", scaling.Scales, count);
            values = graph.Node("Mul", $"{prefix}values.scaled", values, scales);
        }
        if (scaling.Offsets.ContainsAnyExcept(0.0))
        {
            string offsets = graph.Constant($"{prefix}targets.offsets", scaling.Offsets, count);
            values = graph.Node("Add", $"{prefix}values.shifted", values, offsets);
        }
        if (scaling.Minima.IsEmpty)
            return values;
        string minima = graph.Constant($"{prefix}targets.minima", scaling.Minima, count);
        string maxima = graph.Constant($"{prefix}targets.maxima", scaling.Maxima, count);
        return graph.Node("Min", $"{prefix}values.limited", graph.Node("Max", $"{prefix}values.raised", values, minima), maxima);
    }
}
