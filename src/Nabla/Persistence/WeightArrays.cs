using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>Finds the layers of a perceptron among named arrays.</summary>
internal static partial class WeightArrays
{
    /// <summary>Reads an array: its shape and its values in C order.</summary>
    public delegate (IReadOnlyList<int> Shape, double[] Values) Reader(string name);

    /// <summary>Builds the network whose layers the arrays are.</summary>
    /// <exception cref="InvalidInputException">They are no layers of a perceptron.</exception>
    public static Network Assemble(string path, IReadOnlyList<string> names, Reader read, Activation hidden, Activation output)
    {
        var layers = Find(path, names).Select(layer => Read(path, layer, read)).ToList();
        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Outputs)
            {
                throw Error(
                    path, layers[i].Name, $"it takes {layers[i].Inputs} inputs, and the layer before, {layers[i - 1].Name}, "
                    + $"gives {layers[i - 1].Outputs}",
                    "Name the layers so that they stand in their order, for example 0.weight and 2.weight.");
            }
        }
        var network = new Network(new Topology(layers[0].Inputs, [.. layers.Select((layer, i) =>
            new Layer(layer.Outputs, i == layers.Count - 1 ? output : hidden))]));
        network.Topology.FromByNeuron([.. layers.SelectMany(layer => layer.WeightsByNeuron), .. layers.SelectMany(layer => layer.Biases)],
            network.BeginUpdate());
        return network;
    }

    /// <summary>The names of each layer's arrays, in the order of the layers.</summary>
    private static List<LayerNames> Find(string path, IReadOnlyList<string> names)
    {
        var layers = new Dictionary<string, LayerNames>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (ArrayName().Match(name) is not { Success: true } match)
                throw Error(path, name, "it is neither weights nor biases of a layer", "Remove it: a perceptron has nothing else.");
            bool byInputs = match.Groups["coefs"].Success || match.Groups["intercepts"].Success;
            bool isWeights = match.Groups["coefs"].Success || match.Groups["weight"].Success;
            string key = byInputs ? match.Groups["number"].Value : match.Groups["module"].Value;
            var layer = layers.GetValueOrDefault(key) ?? new LayerNames(key, null, null, byInputs);
            layers[key] = isWeights ? layer with { Weights = name } : layer with { Biases = name };
        }
        if (layers.Values.FirstOrDefault(layer => layer.Weights is null) is { } incomplete)
            throw Error(path, incomplete.Biases!, "there are biases, but no weights of the same layer", FileLocation.CopyAgain);
        if (layers.Count == 0)
            throw Error(path, "the whole file", "it has no arrays", "Use a file with the weights of a perceptron.");
        return [.. layers.Values.OrderBy(layer => layer.Key, NaturalOrder)];
    }

    private static ReadLayer Read(string path, LayerNames names, Reader read)
    {
        var (shape, values) = read(names.Weights!);
        if (shape.Count != 2 || shape[0] < 1 || shape[1] < 1)
        {
            throw Error(
                path, names.Weights!, $"weights have two dimensions, and this has the shape [{string.Join(", ", shape)}]",
                "Only fully connected layers can be read.");
        }
        int inputs = names.ByInputs ? shape[0] : shape[1], outputs = names.ByInputs ? shape[1] : shape[0];
        float[] weights = ToFloats(path, names.Weights!, values);
        float[] biases = new float[outputs];
        if (names.Biases is { } name)
        {
            (shape, values) = read(name);
            if (values.Length != outputs)
            {
                throw Error(
                    path, name, $"it has the shape [{string.Join(", ", shape)}], and the layer has {outputs} outputs",
                    FileLocation.CopyAgain);
            }
            biases = ToFloats(path, name, values);
        }
        return new ReadLayer(
            names.Weights!, inputs, outputs, names.ByInputs ? new FoldedLayer(inputs, outputs, weights, biases).WeightsByNeuron() : weights,
            biases);
    }

    private static float[] ToFloats(string path, string name, double[] values)
    {
        var floats = Array.ConvertAll(values, value => (float)value);
        int wrong = Array.FindIndex(floats, value => !float.IsFinite(value));
        return wrong < 0 ? floats : throw Error(
            path, name, $"element {wrong} is {values[wrong].ToString(CultureInfo.InvariantCulture)}, which is no finite float",
            "Use weights from a training run that did not diverge.");
    }

    private static InvalidInputException Error(string path, string where, string why, string remedy) =>
        new($"cannot read weights from {path}", where, why, remedy);

    // Digits compare as numbers: 2 before 10.
    private static readonly Comparer<string> NaturalOrder = Comparer<string>.Create((a, b) =>
    {
        string[] left = Digits().Split(a), right = Digits().Split(b);
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            int order = ulong.TryParse(left[i], out ulong m) && ulong.TryParse(right[i], out ulong n)
                ? m.CompareTo(n)
                : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
                return order;
        }
        return left.Length.CompareTo(right.Length);
    });

    [GeneratedRegex(@"^(?:(?<coefs>coefs)_?\.?(?<number>\d{1,9})|(?<intercepts>intercepts)_?\.?(?<number>\d{1,9})"
        + @"|(?:(?<module>[^\n]*)\.)(?:(?<weight>weight)|bias))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArrayName();

    [GeneratedRegex(@"(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    /// <param name="Key">What the names of the layer's arrays share.</param>
    /// <param name="Weights">The array of the weights.</param>
    /// <param name="Biases">The array of the biases.</param>
    /// <param name="ByInputs">Whether weights are [inputs, outputs].</param>
    private sealed record LayerNames(string Key, string? Weights, string? Biases, bool ByInputs);

    private sealed record ReadLayer(string Name, int Inputs, int Outputs, float[] WeightsByNeuron, float[] Biases);
}
