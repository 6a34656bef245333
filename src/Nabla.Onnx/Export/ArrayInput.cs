namespace Nabla.Onnx;

/// <summary>The input of a model that takes arrays: pixels, or rows of numbers.</summary>
internal static class ArrayInput
{
    /// <summary>Adds the input.</summary>
    /// <param name="graph">The graph, which is empty.</param>
    /// <param name="model">The model.</param>
    /// <param name="areDoubles">Whether the features are doubles: where an origin is subtracted in double precision.</param>
    /// <returns>The name of the raw features, [N, features].</returns>
    public static string Add(GraphBuilder graph, Model model, out bool areDoubles)
    {
        Model[] networks = model.Members.Count == 0 ? [model] : [.. model.Members];
        areDoubles = !model.TakesBytes && Array.Exists(networks, network => network.Preprocessing.Origins.Length > 0);
        var type = model.TakesBytes ? OnnxElementType.UInt8 : areDoubles ? OnnxElementType.Double : OnnxElementType.Float;
        string shape = string.Join(" x ", model.InputShape);
        string description = model.TakesBytes ? "bytes for each example, as they are" : "numbers for each example, not scaled";
        string name = model.TakesBytes ? "pixels" : "features";
        string input = graph.Input(name, type, model.InputShape, $"{shape} {description}.");
        if (model.TakesBytes)
            input = graph.Cast("pixels.numbers", input, OnnxElementType.Float);
        return model.InputShape.Count == 1
            ? input
            : graph.Node("Flatten", $"{name}.flat", input, OnnxAttribute.Create("axis", 1L));
    }
}
