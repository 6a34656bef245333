namespace Nabla.Onnx;

/// <summary>The nodes of each activation. A kind without an operator of its own is composed of others.</summary>
internal static class ActivationNodes
{
    private const float SqrtTwo = 1.41421356f;
    private const float SeluScale = 1.05070099f;
    private const float SeluAlpha = 1.67326324f;

    /// <summary>Adds a = f(z).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="activation">f.</param>
    /// <param name="z">The name of the weighted inputs, [N, neurons].</param>
    /// <param name="a">The name of the result.</param>
    /// <returns>The name of the result; that of z for the identity.</returns>
    /// <exception cref="InvalidInputException">There are no nodes for the activation.</exception>
    public static string Add(GraphBuilder graph, Activation activation, string z, string a) => activation switch
    {
        LeakyRelu leaky => graph.Node("LeakyRelu", a, z, OnnxAttribute.Create("alpha", leaky.Slope)),
        Elu elu => graph.Node("Elu", a, z, OnnxAttribute.Create("alpha", elu.Alpha)),
        _ => activation.Name switch
        {
            "identity" => z,
            "sigmoid" or "sigmoid-as-printed" => graph.Node("Sigmoid", a, [z]),
            "tanh" => graph.Node("Tanh", a, [z]),
            "relu" => graph.Node("Relu", a, [z]),
            "softsign" => graph.Node("Softsign", a, [z]),
            "softplus" => graph.Node("Softplus", a, [z]),
            "exponential" => graph.Node("Exp", a, [z]),
            "softmax" => graph.Node("Softmax", a, z, OnnxAttribute.Create("axis", 1L)),
            "selu" => graph.Node("Selu", a, z, OnnxAttribute.Create("alpha", SeluAlpha), OnnxAttribute.Create("gamma", SeluScale)),
            "gelu" => Gelu(graph, z, a),
            "silu" => graph.Node("Mul", a, z, graph.Node("Sigmoid", $"{a}.sigmoid", [z])),
            "mish" => graph.Node("Mul", a, z, graph.Node("Tanh", $"{a}.tanh", [graph.Node("Softplus", $"{a}.softplus", [z])])),
            _ => throw new InvalidInputException(
                "cannot export the model to ONNX", "the network's activations", $"there is no ONNX operator for {activation}",
                "Train the model with another activation."),
        },
    };

    /// <summary>z (1 + erf(z / sqrt 2)) / 2.</summary>
    private static string Gelu(GraphBuilder graph, string z, string a)
    {
        string erf = graph.Node("Erf", $"{a}.erf", [graph.Node("Div", $"{a}.scaled", z, graph.Constant($"{a}.sqrtTwo", SqrtTwo))]);
        string twice = graph.Node("Mul", $"{a}.twice", z, graph.Node("Add", $"{a}.onePlusErf", erf, graph.Constant($"{a}.one", 1f)));
        return graph.Node("Mul", a, twice, graph.Constant($"{a}.half", 0.5f));
    }
}
