using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>
/// Creates the reference's networks and optimizers from those of the library. Kinds are matched by name. The reference stores weights as
/// [outputs, inputs].
/// </summary>
public static class ReferenceNetworks
{
    /// <summary>The same network in double precision, with its own copy of the parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">What it was trained to minimize; it goes with the output activation.</param>
    public static ReferenceNetwork Create(Network network, Loss loss)
    {
        var topology = network.Topology;
        var output = topology.OutputActivation;
        var reference = new ReferenceNetwork(
            topology.Sizes,
            [.. topology.Layers.SkipLast(1).Select(layer => layer.Activation)
                .Select(activation => ReferenceActivation.Create(activation.Name, activation.ParameterValues))],
            ReferenceCost.Create(loss.Name, output.Name, loss.ParameterValues, output.ParameterValues));
        float[] parameters = topology.ByNeuron(network.Parameters);
        for (int i = 0; i < parameters.Length; i++)
            reference.Parameters.All[i] = parameters[i];
        return reference;
    }

    /// <summary>The factor of the learning rate for each parameter.</summary>
    /// <param name="topology">The layers, with their factors.</param>
    public static ReferenceParameters LearningRateFactors(Topology topology)
    {
        var factors = new ReferenceParameters(topology.Sizes);
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            factors.Weights(layer).Fill(topology.Blocks[layer].LearningRateFactor);
            factors.Biases(layer).Fill(topology.Blocks[topology.LayerCount + layer].LearningRateFactor);
        }
        return factors;
    }

    /// <summary>The same dropout in double precision.</summary>
    /// <param name="factors">Receives [examples, hidden neurons].</param>
    /// <param name="topology">The network.</param>
    /// <param name="draw">Which neurons are dropped.</param>
    /// <param name="examples">Row numbers of the examples in the data set.</param>
    public static void Fill(Span<double> factors, Topology topology, DropoutDraw draw, ReadOnlySpan<int> examples)
    {
        int next = 0;
        foreach (int example in examples)
        {
            foreach (float factor in draw.Factors(topology, example))
                factors[next++] = factor;
        }
    }

    /// <summary>The same optimizer in double precision. The reference's trainer applies weight decay.</summary>
    /// <param name="options">The optimizer.</param>
    public static ReferenceOptimizer Create(OptimizerOptions options) => ReferenceOptimizer.Create(
        options.Name,
        options.ParameterValues.Where(parameter => parameter.Key != "l2")
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value));
}
