namespace Nabla.Onnx;

/// <summary>Which activation computes a tensor.</summary>
/// <param name="graph">The graph.</param>
/// <param name="passThrough">Passes over nodes that change nothing.</param>
internal sealed class ActivationPattern(GraphView graph, PassThrough passThrough)
{
    private const double Tolerance = 1e-5;

    private delegate Activation Reading(ActivationPattern pattern, OnnxNode node);

    /// <summary>Operators that are an activation.</summary>
    private static readonly Dictionary<string, Reading> Operators = new(StringComparer.Ordinal)
    {
        ["Sigmoid"] = (_, _) => Activation.Sigmoid,
        ["Tanh"] = (_, _) => Activation.Tanh,
        ["Relu"] = (_, _) => Activation.Relu,
        ["Softsign"] = (_, _) => Activation.Softsign,
        ["LeakyRelu"] = (pattern, node) => new LeakyRelu { Slope = pattern.Positive(node, "alpha", 0.01f) },
        ["Elu"] = (pattern, node) => new Elu { Alpha = pattern.Positive(node, "alpha", 1) },
        ["Selu"] = (pattern, node) => pattern.Selu(node),
        ["Gelu"] = (pattern, node) => pattern.Gelu(node),
        ["Mish"] = (_, _) => Activation.Mish,
        ["Softplus"] = (_, _) => Activation.Softplus,
        ["Exp"] = (_, _) => Activation.Exponential,
        ["Softmax"] = (pattern, node) => pattern.Softmax(node),
        ["LogSoftmax"] = (pattern, node) => pattern.Softmax(node), // the same classes, and their probabilities by exp
    };

    /// <summary>Finds the activation whose result a tensor is.</summary>
    /// <param name="name">The tensor.</param>
    /// <returns>The activation and the name of its weighted inputs; the identity and the tensor itself if there is none.</returns>
    /// <exception cref="InvalidInputException">A constant of an activation is not supported.</exception>
    public (Activation Activation, string Z) Find(string name)
    {
        if (graph.Producer(name) is not { Domain: "" or "ai.onnx", Inputs.Count: > 0 } node)
            return (Activation.Identity, name);
        if (Operators.TryGetValue(node.Operator, out var read))
            return (read(this, node), node.Inputs[0]);
        if (node.Operator == "Div" && IsSoftsign(node))
            return (Activation.Softsign, passThrough.Source(node.Inputs[0]));
        return node.Operator == "Mul" && OfProduct(node) is { } product ? product : (Activation.Identity, name);
    }

    private Activation Selu(OnnxNode node) => Is(node, "alpha", 1.6732632) && Is(node, "gamma", 1.0507010)
        ? Activation.Selu
        : throw graph.File.Refuse(node, "its constants are not those of SELU");

    private Activation Gelu(OnnxNode node) => node.Attribute("approximate")?.Text is null or "none"
        ? Activation.Gelu
        : throw graph.File.Refuse(node, "it approximates GELU by tanh, and Nabla computes it exactly");

    private Activation Softmax(OnnxNode node) => node.Attribute("axis")?.Number is null or 1 or -1
        ? Activation.Softmax
        : throw graph.File.Refuse(node, "it does not sum over axis 1, the outputs");

    /// <summary>SiLU, Mish and GELU as products of other functions.</summary>
    private (Activation Activation, string Z)? OfProduct(OnnxNode node)
    {
        var factors = new List<string>();
        double constant = 1;
        if (!AddFactors(node, factors, ref constant, depth: 0) || factors.Count != 2)
            return null;
        foreach (var (z, f) in new[] { (factors[0], factors[1]), (factors[1], factors[0]) })
        {
            if (constant == 1 && ArgumentOf(f, "Sigmoid") == z)
                return (Activation.Silu, z);
            if (constant == 1 && ArgumentOf(f, "Tanh") is { } softplus && ArgumentOf(softplus, "Softplus") == z)
                return (Activation.Mish, z);
            if (constant == 0.5 && IsOnePlusErf(f, z))
                return (Activation.Gelu, z);
        }
        return null;
    }

    private bool AddFactors(OnnxNode node, List<string> factors, ref double constant, int depth)
    {
        const int Deepest = 2;
        if (node.Inputs.Count != 2)
            return false;
        foreach (string input in node.Inputs)
        {
            string factor = passThrough.Source(input);
            if (graph.Number(factor) is { } number)
                constant *= number;
            else if (depth < Deepest && graph.Producer(factor, "Mul", 2) is { } inner)
            {
                if (!AddFactors(inner, factors, ref constant, depth + 1))
                    return false;
            }
            else
                factors.Add(factor);
        }
        return true;
    }

    /// <summary>Whether a quotient is z / (1 + |z|).</summary>
    private bool IsSoftsign(OnnxNode node) =>
        node.Inputs.Count == 2 && graph.Producer(passThrough.Source(node.Inputs[1]), "Add", 2) is { } add
        && graph.Operands(add) is { } sum && graph.Number(sum.Constant) is 1
        && ArgumentOf(passThrough.Source(sum.Computed), "Abs") is { } z && z == passThrough.Source(node.Inputs[0]);

    /// <summary>Whether a tensor is 1 + erf(z / sqrt 2).</summary>
    private bool IsOnePlusErf(string name, string z)
    {
        if (graph.Producer(name, "Add", 2) is not { } add || graph.Operands(add) is not { } sum || graph.Number(sum.Constant) is not 1)
            return false;
        if (ArgumentOf(passThrough.Source(sum.Computed), "Erf") is not { } scaled || graph.Producer(scaled) is not { } node
            || graph.Operands(node) is not { } operands || graph.Number(operands.Constant) is not { } number)
        {
            return false;
        }
        double factor = node.Operator switch
        {
            "Mul" => number,
            "Div" when operands.Constant == node.Inputs[1] => 1 / number,
            _ => 0,
        };
        return Math.Abs(factor - double.Sqrt(0.5)) < Tolerance && passThrough.Source(operands.Computed) == z;
    }

    private string? ArgumentOf(string name, string operation) =>
        graph.Producer(name, operation) is { } node ? passThrough.Source(node.Inputs[0]) : null;

    private float Positive(OnnxNode node, string attribute, float missing) =>
        (node.Attribute(attribute)?.Float ?? missing) is var value && value > 0 && float.IsFinite(value)
            ? value
            : throw graph.File.Refuse(node, $"its {attribute} is {value}, not a number above 0");

    private static bool Is(OnnxNode node, string attribute, double expected) =>
        node.Attribute(attribute)?.Float is not { } value || Math.Abs(value - expected) < Tolerance;
}
