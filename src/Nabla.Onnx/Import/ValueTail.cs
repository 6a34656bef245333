namespace Nabla.Onnx;

/// <summary>What follows the last layer of a regressor: values are scaled back, and limited.</summary>
/// <param name="Head">The name of the outputs of the last layer.</param>
/// <param name="Nodes">The nodes that scale them, in the order of the computation.</param>
internal sealed record ValueTail(string Head, IReadOnlyList<OnnxNode> Nodes)
{
    private const int Most = 8;

    /// <summary>Follows an output down to the last layer.</summary>
    public static ValueTail Find(GraphView graph, PassThrough passThrough, string output)
    {
        var nodes = new Stack<OnnxNode>();
        string name = passThrough.Source(output);
        while (nodes.Count < Most && Scales(graph, passThrough, name) is { } node)
        {
            nodes.Push(node);
            name = passThrough.Source(graph.Operands(node)!.Value.Computed);
        }
        return new ValueTail(name, [.. nodes]);
    }

    /// <summary>The scaling of targets.</summary>
    /// <exception cref="InvalidInputException">Values are scaled in a way that Nabla has not.</exception>
    public TargetScaling ToScaling(GraphView graph, int targets)
    {
        double[] offsets = new double[targets], scales = new double[targets];
        double[]? minima = null, maxima = null;
        Array.Fill(scales, 1.0);
        foreach (var node in Nodes)
        {
            var operands = graph.Operands(node)!.Value;
            double[] values = Values(graph, node, operands.Constant, targets);
            bool limits = node.Operator is "Min" or "Max";
            if (!limits && (minima ?? maxima) is not null)
                throw graph.File.Refuse(node, "it scales values that are limited already");
            for (int i = 0; i < targets && !limits; i++)
                (scales[i], offsets[i]) = Scaled(node, operands.Computed == node.Inputs[0], values[i], scales[i], offsets[i]);
            minima = node.Operator == "Max" && minima is null ? values : minima;
            maxima = node.Operator == "Min" && maxima is null ? values : maxima;
        }
        if (!Array.TrueForAll(scales, scale => scale > 0 && double.IsFinite(scale)) || !Array.TrueForAll(offsets, double.IsFinite)
            || (minima is null) != (maxima is null))
        {
            throw graph.File.Refuse(Nodes[^1], "it does not scale values by finite numbers above 0, with limits on both sides or none");
        }
        if (minima is null || maxima is null)
            return new TargetScaling(offsets, scales);
        return minima.Zip(maxima).All(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second) && pair.First <= pair.Second)
            ? new TargetScaling(offsets, scales, minima, maxima)
            : throw graph.File.Refuse(Nodes[^1], "its limits are not finite, or in the wrong order");
    }

    private static (double Scale, double Offset) Scaled(OnnxNode node, bool computedFirst, double value, double scale, double offset) =>
        (node.Operator, computedFirst) switch
        {
            ("Mul", _) => (scale * value, offset * value),
            ("Div", true) => (scale / value, offset / value),
            ("Add", _) => (scale, offset + value),
            ("Sub", true) => (scale, offset - value),
            _ => (double.NaN, double.NaN),
        };

    /// <summary>The node that computes a tensor, if it scales or limits values; null if a layer or an activation computes it.</summary>
    private static OnnxNode? Scales(GraphView graph, PassThrough passThrough, string name)
    {
        if (graph.Producer(name) is not { Domain: "" or "ai.onnx", Operator: "Mul" or "Div" or "Add" or "Sub" or "Min" or "Max" } node
            || graph.Operands(node) is not { } operands || graph.Row(operands.Constant) is null)
        {
            return null;
        }
        if (node.Operator == "Add" && IsProduct(graph, passThrough.Source(operands.Computed, types: false)))
            return null; // biases
        return new ActivationPattern(graph, passThrough).Find(name).Activation == Activation.Identity ? node : null;
    }

    private static bool IsProduct(GraphView graph, string name) =>
        (graph.Producer(name, "MatMul", 2) ?? graph.Producer(name, "Gemm", 2)) is not null;

    private static double[] Values(GraphView graph, OnnxNode node, string constant, int targets)
    {
        double[] values = graph.Row(constant)!;
        if (values.Length == targets)
            return values;
        if (values.Length != 1)
            throw graph.File.Refuse(node, $"it has {values.Length} constants for {targets} values");
        double[] all = new double[targets];
        Array.Fill(all, values[0]);
        return all;
    }
}
