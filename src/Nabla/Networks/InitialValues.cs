using Nabla.Kernels;

namespace Nabla;

/// <summary>Draws the parameters with which a training run starts. They depend on the topology, the method and the seed alone.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class InitialValues
{
    /// <summary>A network ready for training.</summary>
    /// <param name="topology">Its shape.</param>
    /// <param name="method">How to draw.</param>
    /// <param name="seed">Any number; the same gives the same bits.</param>
    public static Network Draw(Topology topology, Initialization method, ulong seed)
    {
        var byNeuron = new float[topology.ParameterCount];
        int drawn = method.ZeroesOutputLayer ? topology.LayerCount - 1 : topology.LayerCount;
        for (int layer = 0; layer < drawn; layer++)
        {
            var stream = new RandomStream(seed, RandomPurpose.InitialValues, (ulong)layer);
            method.Draw(
                ref stream, topology.Inputs(layer), topology.Outputs(layer), topology.Weights(byNeuron, layer),
                topology.Biases(byNeuron, layer));
        }
        var network = new Network(topology);
        topology.FromByNeuron(byNeuron, network.BeginUpdate());
        return network;
    }
}
