using System.Globalization;

namespace Nabla.Explain;

/// <summary>The weights of one layer, summarized. Immutable.</summary>
/// <param name="Layer">Counted from 0.</param>
/// <param name="Inputs">Inputs of the layer.</param>
/// <param name="Outputs">Units of the layer.</param>
/// <param name="Mean">Mean of the weights.</param>
/// <param name="StandardDeviation">Standard deviation of the weights.</param>
/// <param name="Values">How they are distributed.</param>
public sealed record LayerWeights(int Layer, int Inputs, int Outputs, double Mean, double StandardDeviation, Histogram Values)
{
    /// <summary>Summarizes each layer of a network.</summary>
    /// <param name="network">The network; nothing may change it meanwhile.</param>
    public static IReadOnlyList<LayerWeights> Measure(Network network) =>
        [.. Enumerable.Range(0, network.Topology.LayerCount).Select(layer => Measure(network, layer))];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"layer {Layer}: weights {Mean:G3} ± {StandardDeviation:G3}");

    private static LayerWeights Measure(Network network, int layer)
    {
        var weights = network.Weights(layer);
        double sum = 0, squares = 0;
        foreach (float weight in weights)
            sum += weight;
        double mean = sum / weights.Length;
        foreach (float weight in weights)
            squares += (weight - mean) * (weight - mean);
        return new LayerWeights(
            layer, network.Topology.Inputs(layer), network.Topology.Outputs(layer), mean, Math.Sqrt(squares / weights.Length),
            Histogram.Create(weights));
    }
}
