using Nabla.Tables;

namespace Nabla.Onnx;

/// <summary>A column of numbers: one feature, and one for missing numbers where the model has it.</summary>
internal static class NumberColumn
{
    /// <summary>Adds the column.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="column">How it becomes features.</param>
    /// <param name="input">The name of its numbers, [N, 1], doubles.</param>
    /// <param name="invalidIsMissing">Whether a number beyond a float's range counts as missing.</param>
    /// <returns>The names of its features, each [N, 1].</returns>
    public static IEnumerable<string> Add(GraphBuilder graph, NumberEncoding column, string input, bool invalidIsMissing)
    {
        string missing = graph.Node("IsNaN", $"{input}.isMissing", [input]);
        if (invalidIsMissing)
        {
            string size = graph.Node("Abs", $"{input}.magnitude", [input]);
            string beyond = graph.Node("Greater", $"{input}.isBeyond", size, graph.Constant($"{input}.largest", (double)float.MaxValue));
            missing = graph.Node("Or", $"{input}.isMissingOrBeyond", missing, beyond);
        }
        string number = column.Origin == 0
            ? input
            : graph.Node("Sub", $"{input}.difference", input, graph.Constant($"{input}.origin", column.Origin));
        string given = graph.Cast($"{input}.float", number, OnnxElementType.Float);
        yield return graph.Node("Where", $"{input}.filled", missing, graph.Constant($"{input}.fill", column.Fill), given);
        if (column.MarksMissing)
            yield return graph.Cast($"{input}.mark", missing, OnnxElementType.Float);
    }
}
