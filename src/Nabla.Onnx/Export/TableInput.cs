using Nabla.Tables;

namespace Nabla.Onnx;

/// <summary>The inputs of a model that was trained on a table: one for each column, [N, 1].</summary>
internal static class TableInput
{
    /// <summary>Adds the inputs and what makes features of them.</summary>
    /// <param name="graph">The graph, which is empty.</param>
    /// <param name="encoding">How the columns become features.</param>
    /// <param name="mark">
    /// The name of what is added to the outputs, [N, 1], floats: 0, or NaN for a row with a number beyond a float's range, which the
    /// model refuses.
    /// </param>
    /// <returns>The name of the features, [N, features], which are floats.</returns>
    /// <exception cref="InvalidInputException">A kind of column cannot be exported.</exception>
    public static string Add(GraphBuilder graph, TableEncoding encoding, out string mark)
    {
        string[] inputs = [.. encoding.Columns.Select(column => graph.Input(column.Name, TypeOf(column), [1], DescriptionOf(column)))];
        bool invalidIsMissing = encoding.InvalidCells == InvalidCellHandling.Missing;
        var parts = encoding.Columns.Zip(inputs).SelectMany(column => column.First switch
        {
            NumberEncoding number => NumberColumn.Add(graph, number, column.Second, invalidIsMissing),
            CategoryEncoding category => [CategoryColumn.Add(graph, category, column.Second)],
            DateEncoding date => DateColumn.Add(graph, date, column.Second, invalidIsMissing),
            _ => throw new InvalidInputException(
                "cannot export the model to ONNX", $"column {column.First.Name}", $"a column of kind {column.First.Kind} has no ONNX form",
                "Train the model without this column."),
        }).ToArray();
        string features = parts.Length == 1 ? parts[0] : Concat(graph, "features", parts);
        // Infinity times 0 is NaN. It would not get through all layers: of tanh, infinity makes 1.
        string zeros = graph.Node("Mul", "features.zeros", features, graph.Constant("zero", 0f));
        mark = graph.Node("ReduceSum", "features.mark", zeros, graph.Constant<long>("features.axis", [1], 1));
        return features;
    }

    /// <summary>Adds a matrix of columns that stand side by side.</summary>
    internal static string Concat(GraphBuilder graph, string name, IReadOnlyList<string> parts) =>
        graph.Node("Concat", name, parts, [OnnxAttribute.Create("axis", 1L)]);

    private static OnnxElementType TypeOf(ColumnEncoding column) =>
        column is CategoryEncoding ? OnnxElementType.Text : OnnxElementType.Double;

    private static string DescriptionOf(ColumnEncoding column) => column switch
    {
        NumberEncoding => "A number; NaN if it is missing.",
        CategoryEncoding => "A text, spelled as in the training data; empty if it is missing.",
        _ => "Days since 1970-01-01, with the time of day as a fraction; NaN if the date is missing.",
    };
}
