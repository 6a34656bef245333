namespace Nabla.Onnx;

/// <summary>Scaling and layers of a single network.</summary>
internal static class NetworkNodes
{
    // Its square, and that of three times as much, are within a float's range.
    private const float FarBeyondLimit = 1e18f;

    /// <summary>Adds the outputs of a network for raw features.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">A single network with its preprocessing.</param>
    /// <param name="features">The name of the raw features, [N, features].</param>
    /// <param name="areDoubles">Whether they are doubles rather than floats.</param>
    /// <param name="prefix">What the names begin with: empty, or that of a member of an ensemble.</param>
    /// <returns>The name of the outputs, [N, outputs].</returns>
    public static string Add(GraphBuilder graph, Model model, string features, bool areDoubles, string prefix)
    {
        string a = Scale(graph, model.Preprocessing, AsFloats(graph, model.Preprocessing, features, areDoubles, prefix), prefix);
        var topology = model.Topology;
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            string name = $"{prefix}layer{layer + 1}";
            string weights = graph.Constant(
                $"{name}.weights", model.Network.Weights(layer), topology.Inputs(layer), topology.Outputs(layer));
            string biases = graph.Constant($"{name}.biases", model.Network.Biases(layer), topology.Outputs(layer));
            string z = graph.Node("Gemm", $"{name}.z", a, weights, biases);
            a = ActivationNodes.Add(graph, topology.Layers[layer].Activation, z, $"{name}.a");
        }
        return a;
    }

    /// <summary>Subtracts the origins in double precision, so that large numbers that differ little keep their differences.</summary>
    private static string AsFloats(GraphBuilder graph, Preprocessing scaling, string features, bool areDoubles, string prefix)
    {
        if (scaling.Origins.Length > 0)
        {
            string numbers = areDoubles ? features : graph.Cast($"{prefix}features.doubles", features, OnnxElementType.Double);
            string origins = graph.Constant($"{prefix}origins", scaling.Origins, scaling.Origins.Length);
            features = graph.Node("Sub", $"{prefix}features.shifted", numbers, origins);
            areDoubles = true;
        }
        return areDoubles ? graph.Cast($"{prefix}features.floats", features, OnnxElementType.Float) : features;
    }

    /// <summary>(x - offset) * scale, and z / sqrt(1 + (z / limit)^2) where there are limits.</summary>
    private static string Scale(GraphBuilder graph, Preprocessing scaling, string x, string prefix)
    {
        if (scaling.Offsets.ContainsAnyExcept(0f))
            x = graph.Node("Sub", $"{prefix}scaled.difference", x, Numbers(graph, $"{prefix}offsets", scaling.Offsets));
        if (scaling.Scales.ContainsAnyExcept(1f))
            x = graph.Node("Mul", $"{prefix}scaled", x, Numbers(graph, $"{prefix}scales", scaling.Scales));
        if (scaling.InverseLimits.Length == 0)
            return x;
        float[] highest = Array.ConvertAll(scaling.InverseLimits.ToArray(), inverse => FarBeyondLimit / inverse);
        float[] lowest = Array.ConvertAll(highest, bound => -bound);
        x = graph.Node("Min", $"{prefix}limited.fromAbove", x, Numbers(graph, $"{prefix}limits.highest", highest));
        x = graph.Node("Max", $"{prefix}limited.fromBelow", x, Numbers(graph, $"{prefix}limits.lowest", lowest));
        string part = graph.Node("Mul", $"{prefix}limited.part", x, Numbers(graph, $"{prefix}limits.inverse", scaling.InverseLimits));
        string square = graph.Node("Mul", $"{prefix}limited.square", part, part);
        string sum = graph.Node("Add", $"{prefix}limited.onePlusSquare", square, graph.Constant($"{prefix}limits.one", 1f));
        return graph.Node("Div", $"{prefix}limited", x, graph.Node("Sqrt", $"{prefix}limited.root", [sum]));
    }

    private static string Numbers(GraphBuilder graph, string name, ReadOnlySpan<float> values) =>
        values.Length == 1 ? graph.Constant(name, values[0]) : graph.Constant(name, values, values.Length);
}
