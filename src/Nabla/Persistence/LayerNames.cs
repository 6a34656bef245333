using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>The names of the arrays of one layer.</summary>
/// <param name="Key">What the names share: the number of the layer, or the name of its module.</param>
/// <param name="Weights">The array of the weights.</param>
/// <param name="Biases">The array of the biases; null if there is none.</param>
/// <param name="ByInputs">Whether weights are [inputs, outputs], as scikit-learn has them.</param>
internal sealed partial record LayerNames(string Key, string Weights, string? Biases, bool ByInputs)
{
    /// <summary>The names of each layer's arrays, in the order of the layers.</summary>
    /// <exception cref="InvalidInputException">There are other arrays, or the names do not tell the order.</exception>
    public static IReadOnlyList<LayerNames> Find(string path, IReadOnlyList<string> names)
    {
        var weights = new Dictionary<string, (string Name, bool ByInputs)>(StringComparer.Ordinal);
        var biases = new Dictionary<string, (string Name, bool ByInputs)>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (ArrayName().Match(name) is not { Success: true } match)
                throw Error(path, name, "it is neither weights nor biases of a layer", "Remove it: a perceptron has nothing else.");
            bool byInputs = match.Groups["number"].Success;
            string key = byInputs ? match.Groups["number"].Value : match.Groups["module"].Value;
            if (!(match.Groups["weights"].Success ? weights : biases).TryAdd(key, (name, byInputs)))
                throw Error(path, name, "another array has the same place in the same layer", "Remove one of them.");
        }
        if (biases.FirstOrDefault(bias => !weights.TryGetValue(bias.Key, out var weight) || weight.ByInputs != bias.Value.ByInputs)
            is { Key: not null } incomplete)
        {
            throw Error(path, incomplete.Value.Name, "there are no weights of the same layer", "Use a file with weights and biases.");
        }
        return weights.Count == 0
            ? throw Error(path, "the whole file", "it has no arrays", "Use a file with the weights of a perceptron.")
            : InOrder(path, [.. weights.Select(weight => new LayerNames(
                weight.Key, weight.Value.Name, biases.TryGetValue(weight.Key, out var bias) ? bias.Name : null, weight.Value.ByInputs))]);
    }

    /// <summary>What is wrong with an array.</summary>
    public static InvalidInputException Error(string path, string where, string why, string remedy) =>
        new($"cannot read weights from {path}", where.Length > 0 ? where : "an array without a name", why, remedy);

    private static LayerNames[] InOrder(string path, LayerNames[] layers)
    {
        LayerNames[] ordered = [.. layers.OrderBy(layer => layer.Key, NaturalOrder.Comparer)];
        for (int i = 0; i < ordered.Length; i++)
        {
            var layer = ordered[i];
            if (layer.ByInputs && layer.Key != i.ToString(CultureInfo.InvariantCulture))
                throw Error(path, layer.Weights, $"there is no coefs_{i}", "Save all layers, numbered from 0.");
            if (i > 0 && (layer.ByInputs != ordered[0].ByInputs || !NaturalOrder.DifferInNumber(ordered[i - 1].Key, layer.Key)))
            {
                throw Error(
                    path, layer.Weights, $"this name and {ordered[i - 1].Weights} do not tell which layer comes first",
                    "Name the layers by numbers, for example 0.weight and 2.weight.");
            }
        }
        return ordered;
    }

    // coefs_0 and intercepts_0; or 0.weight and 0.bias, where 0 stands for any module, also for none.
    [GeneratedRegex(@"^(?:(?:(?<weights>coefs)|intercepts)_(?<number>[0-9]{1,9})|(?:(?<module>[^\n]*)\.)?(?:(?<weights>weight)|bias))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArrayName();
}
