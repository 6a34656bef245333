namespace Nabla.Onnx;

/// <summary>What happens to raw inputs before the first layer: each feature x becomes (x - offset) * scale.</summary>
internal sealed class InputScaling
{
    private readonly double[] offsets;
    private readonly double[] scales;

    private InputScaling(int features)
    {
        offsets = new double[features];
        scales = new double[features];
        Array.Fill(scales, 1.0);
    }

    /// <summary>Follows the nodes from the first layer to the graph's input.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="passThrough">Passes over nodes that change nothing.</param>
    /// <param name="name">What the first layer takes.</param>
    /// <param name="features">Inputs of the first layer.</param>
    /// <exception cref="InvalidInputException">A node does something else.</exception>
    public static Preprocessing Find(GraphView graph, PassThrough passThrough, string name, int features)
    {
        var nodes = new Stack<(OnnxNode Node, bool ComputedFirst)>();
        for (name = passThrough.Source(name); !graph.IsInput(name); name = passThrough.Source(name))
        {
            var node = graph.Producer(name);
            if (node is null || nodes.Count == GraphView.MostSteps)
                throw graph.File.Refuse("its graph", "its layers do not begin at its input");
            if (node is { Operator: "Scaler", Domain: OnnxFile.MachineLearning, Inputs.Count: 1 })
            {
                nodes.Push((node, true));
                name = node.Inputs[0];
                continue;
            }
            if (node.Domain is not ("" or "ai.onnx") || graph.Operands(node) is not { } operands)
                throw graph.File.Refuse(node, "it is neither a layer, nor an activation, nor the scaling of inputs");
            nodes.Push((node, operands.Computed == node.Inputs[0]));
            name = operands.Computed;
        }
        passThrough.RequireWidth(features);
        var scaling = new InputScaling(features);
        foreach (var (node, computedFirst) in nodes)
            scaling.Apply(graph, node, computedFirst);
        return scaling.ToPreprocessing(graph);
    }

    private void Apply(GraphView graph, OnnxNode node, bool computedFirst)
    {
        if (node.Operator == "Scaler")
        {
            Shift(graph, node, Attribute(node, "offset"), -1);
            Multiply(graph, node, Attribute(node, "scale"), divides: false);
            return;
        }
        var values = Constants(graph, node.Inputs[computedFirst ? 1 : 0])
            ?? throw graph.File.Refuse(node, "its constant is neither a row of numbers nor as large as an example");
        switch (node.Operator)
        {
            case "Add":
                Shift(graph, node, values, 1);
                break;
            case "Sub":
                if (!computedFirst)
                    Multiply(graph, node, [-1], divides: false);
                Shift(graph, node, values, computedFirst ? -1 : 1);
                break;
            case "Mul":
                Multiply(graph, node, values, divides: false);
                break;
            case "Div" when computedFirst:
                Multiply(graph, node, values, divides: true);
                break;
            default:
                throw graph.File.Refuse(node, "it is neither a layer, nor an activation, nor the scaling of inputs");
        }
    }

    /// <summary>A row of numbers, or numbers in the shape of an example; null for anything else.</summary>
    private static double[]? Constants(GraphView graph, string name)
    {
        var example = graph.Input.Shape?.Skip(1).SkipWhile(length => length == 1);
        var shape = graph.Constant(name)?.Shape.SkipWhile(length => length == 1).Select(length => (long?)length);
        return graph.Row(name) ?? (example is not null && shape is not null && shape.SequenceEqual(example) ? graph.Numbers(name) : null);
    }

    /// <summary>Adds sign * value to what a feature has become.</summary>
    private void Shift(GraphView graph, OnnxNode node, double[] values, int sign)
    {
        RequireCount(graph, node, values);
        for (int i = 0; i < offsets.Length; i++)
        {
            double value = sign * values[values.Length == 1 ? 0 : i];
            if (scales[i] == 0 && value != 0)
                throw graph.File.Refuse(node, $"feature {i} is multiplied by 0 before {value} is added");
            if (value != 0)
                offsets[i] -= value / scales[i];
        }
    }

    private void Multiply(GraphView graph, OnnxNode node, double[] values, bool divides)
    {
        RequireCount(graph, node, values);
        for (int i = 0; i < scales.Length; i++)
        {
            double value = values[values.Length == 1 ? 0 : i];
            scales[i] = divides ? scales[i] / value : scales[i] * value;
        }
    }

    private void RequireCount(GraphView graph, OnnxNode node, double[] values)
    {
        if (values.Length != 1 && values.Length != offsets.Length)
            throw graph.File.Refuse(node, $"it has {values.Length} constants for {offsets.Length} features");
    }

    private Preprocessing ToPreprocessing(GraphView graph)
    {
        float[] floatScales = Array.ConvertAll(scales, scale => (float)scale);
        float[] floatOffsets = Array.ConvertAll(offsets, offset => (float)offset);
        if (!Array.TrueForAll(floatScales, float.IsFinite) || !Array.TrueForAll(floatOffsets, float.IsFinite))
            throw graph.File.Refuse("its scaling of inputs", "a number is not finite, or beyond a float's range");
        bool areFloats = offsets.Zip(floatOffsets).All(pair => pair.First == pair.Second);
        // Numbers such as times in seconds since 1970 are subtracted in double precision, or their differences are lost.
        if (graph.Input.Type == OnnxElementType.Double && !areFloats)
            return Preprocessing.Create(new float[floatOffsets.Length], floatScales, offsets);
        bool areAlike = floatOffsets.Distinct().Count() == 1 && floatScales.Distinct().Count() == 1;
        return areAlike
            ? Preprocessing.Create([floatOffsets[0]], [floatScales[0]])
            : Preprocessing.Create(floatOffsets, floatScales);
    }

    private static double[] Attribute(OnnxNode node, string name) =>
        [.. node.Attribute(name)?.Floats.Select(value => (double)value) ?? []];
}
