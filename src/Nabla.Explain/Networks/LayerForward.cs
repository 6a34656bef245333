namespace Nabla.Explain;

/// <summary>Takes examples through a network layer by layer, to look at z and a of each layer.</summary>
/// <remarks>The bits are those of a prediction: each layer is a network of its own.</remarks>
internal sealed class LayerForward
{
    private readonly Model model;

    /// <param name="model">A single network.</param>
    public LayerForward(Model model) => this.model = model;

    /// <summary>What is done with one layer.</summary>
    /// <param name="layer">Counted from 0.</param>
    /// <param name="z">Weighted inputs, [examples, units].</param>
    /// <param name="a">Activations, [examples, units].</param>
    public delegate void LayerAction(int layer, ReadOnlySpan<float> z, ReadOnlySpan<float> a);

    /// <summary>Takes rows of a table through all layers.</summary>
    /// <param name="inputs">[examples, features], not scaled.</param>
    /// <param name="rows">The rows to use.</param>
    /// <param name="action">Called for each layer.</param>
    /// <param name="cancellationToken">Ends the work after a layer.</param>
    public void Run(FeatureTable inputs, ReadOnlySpan<int> rows, LayerAction action, CancellationToken cancellationToken)
    {
        var topology = model.Topology;
        var below = new float[rows.Length * topology.Inputs(0)];
        model.Preprocessing.Apply(inputs, rows, below);
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] z = Apply(layer, Activation.Identity, below), a = Apply(layer, topology.Layers[layer].Activation, below);
            action(layer, z, a);
            below = a;
        }
    }

    private float[] Apply(int layer, Activation activation, float[] below)
    {
        var topology = model.Topology;
        var single = new Network(new Topology(topology.Inputs(layer), [new Layer(topology.Outputs(layer), activation)]));
        var parameters = single.EditParameters();
        model.Network.Weights(layer).CopyTo(single.Topology.Weights(parameters, 0));
        model.Network.Biases(layer).CopyTo(single.Topology.Biases(parameters, 0));
        var outputs = new float[below.Length / topology.Inputs(layer) * topology.Outputs(layer)];
        new Predictor(single, model.Options.Threads).Predict(below, outputs);
        return outputs;
    }
}
