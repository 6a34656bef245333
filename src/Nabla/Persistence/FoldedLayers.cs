namespace Nabla;

/// <summary>Makes the scaling of inputs and targets part of the layers, for programs that know layers only.</summary>
internal static class FoldedLayers
{
    /// <summary>The layers of a model that take features as they are and give values in their own units.</summary>
    /// <exception cref="InvalidInputException">The scaling cannot be folded into layers, or the model is an ensemble.</exception>
    public static FoldedLayer[] Of(Model model)
    {
        if (model.Members.Count > 0)
            throw Unable("the model", $"it is the average of {model.Members.Count} networks", "Export it as ONNX, C# or Python.");
        if (!model.Preprocessing.InverseLimits.IsEmpty)
        {
            throw Unable(
                "the scaling of the inputs", $"{model.Scaling} limits large values, which no layer does",
                "Train with --scaling standardize-per-feature, or export it as ONNX, C# or Python.");
        }
        var topology = model.Topology;
        var layers = new FoldedLayer[topology.LayerCount];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            var weights = Array.ConvertAll(model.Network.Weights(layer).ToArray(), weight => (double)weight);
            var biases = Array.ConvertAll(model.Network.Biases(layer).ToArray(), bias => (double)bias);
            if (layer == 0)
                FoldInputs(model.Preprocessing, weights, biases);
            if (layer == layers.Length - 1)
                FoldTargets(model, weights, biases);
            layers[layer] = new FoldedLayer(topology.Inputs(layer), topology.Outputs(layer), weights, biases);
        }
        return layers;
    }

    /// <summary>The network of layers.</summary>
    /// <exception cref="InvalidOptionException">An activation is not one of such a layer.</exception>
    public static Network ToNetwork(FoldedLayer[] layers, Activation hidden, Activation output)
    {
        var network = new Network(new Topology(layers[0].Inputs, [.. layers.Select((layer, i) =>
            new Layer(layer.Outputs, i == layers.Length - 1 ? output : hidden))]));
        double[] parameters = [.. layers.SelectMany(layer => layer.WeightsByNeuron()), .. layers.SelectMany(layer => layer.Biases)];
        network.Topology.FromByNeuron(Array.ConvertAll(parameters, value => (float)value), network.BeginUpdate());
        return network;
    }

    // (x - origin - offset) * scale * w = x * (scale * w) - (origin + offset) * scale * w
    private static void FoldInputs(Preprocessing scaling, double[] weights, double[] biases)
    {
        int outputs = biases.Length;
        for (int i = 0; i < weights.Length / outputs; i++)
        {
            int of = scaling.Scales.Length == 1 ? 0 : i;
            double scale = scaling.Scales[of], offset = scaling.Offsets[of] + (scaling.Origins.IsEmpty ? 0 : scaling.Origins[i]);
            for (int j = 0; j < outputs; j++)
            {
                ref double weight = ref weights[i * outputs + j];
                weight *= scale;
                biases[j] -= offset * weight;
            }
        }
    }

    private static void FoldTargets(Model model, double[] weights, double[] biases)
    {
        if (model.TargetScaling is not { } scaling || IsNeutral(scaling))
            return;
        if (model.Topology.OutputActivation != Activation.Identity || !scaling.Minima.IsEmpty)
        {
            throw Unable(
                "the scaling of the values", "they are scaled or limited after the last activation, which no layer does",
                "Export it as ONNX, C# or Python.");
        }
        int outputs = biases.Length;
        for (int i = 0; i < weights.Length; i++)
            weights[i] *= scaling.Scales[i % outputs];
        for (int j = 0; j < outputs; j++)
            biases[j] = biases[j] * scaling.Scales[j] + scaling.Offsets[j];
    }

    private static bool IsNeutral(TargetScaling scaling) =>
        !scaling.Scales.ContainsAnyExcept(1) && !scaling.Offsets.ContainsAnyExcept(0) && scaling.Minima.IsEmpty;

    /// <summary>Why a model has no such weights.</summary>
    public static InvalidInputException Unable(string where, string why, string remedy) => new("cannot write weights", where, why, remedy);
}
