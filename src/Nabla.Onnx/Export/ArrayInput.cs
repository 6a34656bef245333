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
        string input = graph.Input(
            model.TakesBytes ? "pixels" : "features", type, model.InputShape,
            model.TakesBytes ? $"{shape} bytes from 0 to 255 for each example, as they are." : $"{shape} numbers for each example, not scaled.");
        if (model.TakesBytes)
            input = graph.Cast("pixels.numbers", input, OnnxElementType.Float);
        return model.InputShape.Count == 1
            ? input
            : graph.Node("Flatten", $"{(model.TakesBytes ? "pixels" : "features")}.flat", input, OnnxAttribute.Create("axis", 1L));
    }
}
