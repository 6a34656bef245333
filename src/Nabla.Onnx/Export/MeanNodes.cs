namespace Nabla.Onnx;

/// <summary>The mean over the members of an ensemble, summed in double precision and in their order.</summary>
internal static class MeanNodes
{
    /// <summary>Adds the mean.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="members">The names of what the members compute, doubles of equal shape; at least one.</param>
    /// <returns>The name of the mean, doubles.</returns>
    public static string Add(GraphBuilder graph, IReadOnlyList<string> members)
    {
        string sum = members[0];
        for (int i = 1; i < members.Count; i++)
            sum = graph.Node("Add", $"sum{i + 1}", sum, members[i]);
        return graph.Node("Div", "mean", sum, graph.Constant("members", (double)members.Count));
    }
}
