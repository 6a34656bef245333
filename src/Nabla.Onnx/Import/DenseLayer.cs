namespace Nabla.Onnx;

/// <summary>A layer's weighted inputs, z = x w + b: Gemm, or MatMul, and constants that are added.</summary>
/// <param name="Weights">[inputs, outputs].</param>
/// <param name="Biases">[outputs].</param>
/// <param name="Input">The name of x.</param>
internal sealed record DenseLayer(float[] Weights, float[] Biases, string Input)
{
    public int Outputs => Biases.Length;

    public int Inputs => Weights.Length / Biases.Length;

    /// <summary>Finds the layer that computes a tensor; null if none does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="passThrough">Passes over nodes between a product and what is added.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="most">The most parameters that the layer may have.</param>
    /// <exception cref="InvalidInputException">The node is a product, but not one of a layer.</exception>
    public static DenseLayer? Find(GraphView graph, PassThrough passThrough, string name, long most)
    {
        var added = new List<(OnnxNode Node, double[] Values)>();
        while (graph.Producer(name, "Add", 2) is { } add)
        {
            if (added.Count == GraphView.MostSteps || graph.Operands(add) is not { } operands)
                return null;
            if (graph.Row(operands.Constant) is not { } values)
                return null;
            added.Add((add, values));
            name = passThrough.Source(operands.Computed, types: false);
        }
        if ((graph.Producer(name, "Gemm", 2) ?? graph.Producer(name, "MatMul", 2)) is not { } product)
            return null;
        var layer = product.Operator == "Gemm" ? FromGemm(graph, product, most) : FromMatMul(graph, product, most);
        foreach (var (node, values) in added)
            layer.AddToBiases(graph, node, values, 1);
        return layer;
    }

    /// <summary>
    /// One sigmoid unit as two softmax units: softmax(0, z) is (1 - sigmoid(z), sigmoid(z)).
    /// </summary>
    public DenseLayer AsTwoClasses()
    {
        var weights = new float[2 * Weights.Length];
        for (int i = 0; i < Weights.Length; i++)
            weights[2 * i + 1] = Weights[i];
        return this with { Weights = weights, Biases = [0, Biases[0]] };
    }

    private static DenseLayer FromMatMul(GraphView graph, OnnxNode node, long most)
    {
        if (graph.Constant(node.Inputs[0]) is not null)
            throw graph.File.Refuse(node, "its first factor is a constant; the inputs should stand there");
        var weights = Matrix(graph, node, most);
        return Create(graph, node, weights, isTransposed: false, 1);
    }

    private static DenseLayer FromGemm(GraphView graph, OnnxNode node, long most)
    {
        if (node.Attribute("transA")?.Number is not (null or 0))
            throw graph.File.Refuse(node, "it transposes its inputs");
        var weights = Matrix(graph, node, most);
        var layer = Create(graph, node, weights, node.Attribute("transB")?.Number is not (null or 0), node.Attribute("alpha")?.Float ?? 1);
        if (node.Inputs is [_, _, { Length: > 0 } biases, ..])
        {
            var values = graph.Row(biases) ?? throw graph.File.Refuse(node, "its biases are not a row of constant numbers");
            layer.AddToBiases(graph, node, values, node.Attribute("beta")?.Float ?? 1);
        }
        return layer;
    }

    private static OnnxTensor Matrix(GraphView graph, OnnxNode node, long most)
    {
        var weights = graph.Constant(node.Inputs[1]);
        if (weights is not { HasNumbers: true, Shape: [> 0, > 0] })
            throw graph.File.Refuse(node, "its second factor is not a constant matrix of numbers");
        return weights.Count <= most
            ? weights
            : throw graph.File.Refuse(node, "its weights are used by several layers, and would take more memory than the file");
    }

    private static DenseLayer Create(GraphView graph, OnnxNode node, OnnxTensor matrix, bool isTransposed, double factor)
    {
        int rows = (int)matrix.Shape[0], columns = (int)matrix.Shape[1];
        double[] values = (isTransposed ? matrix.Transposed() : matrix).ToDoubles();
        var weights = Array.ConvertAll(values, value => (float)(value * factor));
        return Array.TrueForAll(weights, float.IsFinite)
            ? new DenseLayer(weights, new float[isTransposed ? rows : columns], node.Inputs[0])
            : throw graph.File.Refuse(node, "a weight is not a finite float");
    }

    private void AddToBiases(GraphView graph, OnnxNode node, double[] values, double factor)
    {
        if (values.Length != 1 && values.Length != Outputs)
            throw graph.File.Refuse(node, $"it adds {values.Length} numbers to {Outputs} outputs");
        for (int i = 0; i < Biases.Length; i++)
            Biases[i] = (float)(Biases[i] + values[values.Length == 1 ? 0 : i] * factor);
        if (!Array.TrueForAll(Biases, float.IsFinite))
            throw graph.File.Refuse(node, "a bias is not a finite float");
    }
}
