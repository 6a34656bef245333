namespace Nabla.Onnx;

/// <summary>The nodes of each activation. A kind without an operator of its own is composed of others.</summary>
internal static class ActivationNodes
{
    private const float SqrtTwo = 1.41421356f;
    private const float SeluScale = 1.05070099f;
    private const float SeluAlpha = 1.67326324f;

    private delegate string Nodes(GraphBuilder graph, Activation activation, string z, string a);

    /// <summary>All activations of the catalogue, by their names.</summary>
    private static readonly Dictionary<string, Nodes> Kinds = new(StringComparer.Ordinal)
    {
        ["sigmoid"] = Operator("Sigmoid"),
        ["tanh"] = Operator("Tanh"),
        ["relu"] = Operator("Relu"),
        ["identity"] = (_, _, z, _) => z,
        ["softsign"] = Operator("Softsign"),
        ["leaky-relu"] = (graph, kind, z, a) => graph.Node("LeakyRelu", a, z, Parameter(kind, "slope", "alpha")),
        ["elu"] = (graph, kind, z, a) => graph.Node("Elu", a, z, Parameter(kind, "alpha", "alpha")),
        ["selu"] = Operator("Selu", OnnxAttribute.Create("alpha", SeluAlpha), OnnxAttribute.Create("gamma", SeluScale)),
        ["gelu"] = (graph, _, z, a) => Gelu(graph, z, a),
        ["silu"] = (graph, _, z, a) => graph.Node("Mul", a, z, graph.Node("Sigmoid", $"{a}.sigmoid", [z])),
        ["mish"] = (graph, _, z, a) => Mish(graph, z, a),
        ["softplus"] = Operator("Softplus"),
        ["exponential"] = Operator("Exp"),
        ["sigmoid-as-printed"] = Operator("Sigmoid"), // the slip is in the derivative
        ["softmax"] = Operator("Softmax", OnnxAttribute.Create("axis", 1L)),
    };

    /// <summary>Adds a = f(z).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="activation">f.</param>
    /// <param name="z">The name of the weighted inputs, [N, neurons].</param>
    /// <param name="a">The name of the result.</param>
    /// <returns>The name of the result; that of z for the identity.</returns>
    /// <exception cref="InvalidInputException">There are no nodes for the activation.</exception>
    public static string Add(GraphBuilder graph, Activation activation, string z, string a) =>
        Kinds.TryGetValue(activation.Name, out var nodes)
            ? nodes(graph, activation, z, a)
            : throw new InvalidInputException(
                "cannot export the model to ONNX", "the network's activations", $"there is no ONNX operator for {activation}",
                "Train the model with another activation.");

    private static Nodes Operator(string name, params IReadOnlyList<OnnxAttribute> attributes) =>
        (graph, _, z, a) => graph.Node(name, a, z, attributes);

    /// <summary>A parameter of the kind as an attribute of the operator.</summary>
    private static OnnxAttribute Parameter(Activation kind, string name, string attribute) =>
        OnnxAttribute.Create(attribute, (float)kind.Parameters.Single(parameter => parameter.Name == name).ValueOf(kind));

    /// <summary>z (1 + erf(z / sqrt 2)) / 2.</summary>
    private static string Gelu(GraphBuilder graph, string z, string a)
    {
        string erf = graph.Node("Erf", $"{a}.erf", [graph.Node("Div", $"{a}.scaled", z, graph.Constant($"{a}.sqrtTwo", SqrtTwo))]);
        string twice = graph.Node("Mul", $"{a}.twice", z, graph.Node("Add", $"{a}.onePlusErf", erf, graph.Constant($"{a}.one", 1f)));
        return graph.Node("Mul", a, twice, graph.Constant($"{a}.half", 0.5f));
    }

    /// <summary>z tanh(ln(1 + exp(z))).</summary>
    private static string Mish(GraphBuilder graph, string z, string a)
    {
        string softplus = graph.Node("Softplus", $"{a}.softplus", [z]);
        return graph.Node("Mul", a, z, graph.Node("Tanh", $"{a}.tanh", [softplus]));
    }
}
