using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>What files of weights do not hold, and a user of the file needs to know.</summary>
internal static class WeightNotices
{
    /// <summary>What was assumed of imported weights.</summary>
    public static IEnumerable<string> OfImported(Model model)
    {
        string activations = string.Join(", ", model.Topology.Layers.Select(layer => $"{layer.Outputs} {layer.Activation}"));
        yield return $"Assumed, because files of weights do not say so: {model.Topology.Inputs(0)} inputs without scaling, {activations} "
            + $"({ImportSettings.HiddenOption} sets that of hidden layers).";
    }

    /// <summary>Activations, the features of a table, and what became of two classes: a sentence each.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isNpz">Whether the weights are as scikit-learn has them, or else as PyTorch has them.</param>
    public static IEnumerable<string> Of(Model model, bool isNpz)
    {
        var layers = model.Topology.Layers;
        string? second = isNpz && layers[^1].Activation == Activation.Softmax && model is Classifier { ClassNames: [_, var name] }
            ? name
            : null;
        var texts = (second is null ? layers : [.. layers.SkipLast(1), new Layer(1, Activation.Sigmoid)])
            .Select(layer => $"{layer.Outputs} {layer.Activation}");
        yield return $"The file does not hold the activations: {model.Topology.Inputs(0)} inputs, {string.Join(", ", texts)}.";
        if (second is not null)
            yield return $"Two classes are one output: the probability of {second}.";
        if (TableModel.FindEncoding(model) is { } encoding)
            yield return $"The inputs are the features of the table: {string.Join(", ", encoding.FeatureNames)}.";
    }
}
