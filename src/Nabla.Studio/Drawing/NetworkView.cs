using Nabla.Reference;

namespace Nabla.Studio;

/// <summary>Looks into a network for one example: the activations of its layers, and the gradient of an output by the input.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class NetworkView
{
    private readonly Topology topology;
    private readonly float[] weights; // By neuron: each layer's weights, [outputs, inputs]; then the biases of all layers.
    private readonly ReferenceActivation[] activations;
    private readonly double[][] z;
    private readonly double[][] a;

    /// <param name="network">A network; its parameters are copied.</param>
    public NetworkView(Network network)
    {
        topology = network.Topology;
        weights = topology.ByNeuron(network.Parameters);
        activations = [.. topology.Layers.SkipLast(1).Select(
            layer => ReferenceActivation.Create(layer.Activation.Name, layer.Activation.ParameterValues))];
        z = [.. topology.Sizes.Skip(1).Select(size => new double[size])];
        a = [.. topology.Sizes.Select(size => new double[size])];
    }

    /// <summary>The hidden layers.</summary>
    public int HiddenLayers => activations.Length;

    /// <summary>The name of a hidden layer's activation.</summary>
    public string Activation(int hidden) => activations[hidden].Name;

    /// <summary>The activations of a hidden layer for the last example.</summary>
    public ReadOnlySpan<double> Activations(int hidden) => a[hidden + 1];

    /// <summary>The score of an output for the last example: z, before the output activation.</summary>
    public double Score(int output) => z[^1][output];

    /// <summary>The weights of a unit, [inputs]; layers are counted from 0.</summary>
    public ReadOnlySpan<float> Weights(int layer, int unit) =>
        weights.AsSpan(Start(layer) + unit * topology.Inputs(layer), topology.Inputs(layer));

    /// <summary>Computes the activations of all hidden layers, and the scores of the outputs.</summary>
    /// <param name="inputs">Scaled inputs.</param>
    public void Forward(ReadOnlySpan<float> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
            a[0][i] = inputs[i];
        int bias = topology.WeightCount;
        for (int layer = 0; layer < z.Length; layer++)
        {
            for (int unit = 0; unit < z[layer].Length; unit++)
            {
                double sum = weights[bias++];
                var row = Weights(layer, unit);
                for (int i = 0; i < row.Length; i++)
                    sum += row[i] * a[layer][i];
                z[layer][unit] = sum;
            }
            if (layer < activations.Length)
                activations[layer].Apply(z[layer], a[layer + 1]);
        }
    }

    /// <summary>The gradient of an output's score, z before the output activation, by each input of the last example.</summary>
    public float[] Saliency(int output)
    {
        double[] above = Array.ConvertAll(Weights(z.Length - 1, output).ToArray(), weight => (double)weight);
        for (int layer = z.Length - 2; layer >= 0; layer--)
        {
            activations[layer].TimesPrime(z[layer], a[layer + 1], above);
            var below = new double[topology.Inputs(layer)];
            for (int unit = 0; unit < above.Length; unit++)
            {
                var row = Weights(layer, unit);
                for (int i = 0; above[unit] != 0 && i < row.Length; i++)
                    below[i] += row[i] * above[unit];
            }
            above = below;
        }
        return Array.ConvertAll(above, value => (float)value);
    }

    private int Start(int layer)
    {
        int start = 0;
        for (int below = 0; below < layer; below++)
            start += topology.Inputs(below) * topology.Outputs(below);
        return start;
    }
}
