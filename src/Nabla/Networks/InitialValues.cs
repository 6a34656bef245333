using Nabla.Kernels;

namespace Nabla;

/// <summary>Draws the parameters with which a training starts. They depend on the topology, the method and the seed alone.</summary>
public static class InitialValues
{
    /// <summary>A network ready for training.</summary>
    /// <param name="topology">Its shape.</param>
    /// <param name="method">How to draw.</param>
    /// <param name="seed">Any number; the same gives the same bits.</param>
    public static Network Draw(Topology topology, Initialization method, ulong seed)
    {
        var byNeuron = new float[topology.ParameterCount];
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            var stream = new RandomStream(seed, RandomPurpose.InitialValues, (ulong)layer);
            Fill(ref stream, WeightDeviation(method, topology.Inputs(layer), topology.Outputs(layer)), topology.Weights(byNeuron, layer));
            Fill(ref stream, method is Initialization.StandardNormal or Initialization.Scaled ? 1 : 0, topology.Biases(byNeuron, layer));
        }
        var network = new Network(topology);
        topology.FromByNeuron(byNeuron, network.Change());
        return network;
    }

    private static double WeightDeviation(Initialization method, int inputs, int outputs) => method switch
    {
        Initialization.StandardNormal => 1,
        Initialization.Scaled => 1 / double.Sqrt(inputs),
        Initialization.Xavier => double.Sqrt(2.0 / ((double)inputs + outputs)),
        Initialization.He => double.Sqrt(2.0 / inputs),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such way to draw initial values."),
    };

    private static void Fill(ref RandomStream stream, double deviation, Span<float> values)
    {
        if (deviation == 0)
        {
            values.Clear();
            return;
        }
        foreach (ref float value in values)
            value = (float)(deviation * stream.NextNormal());
    }
}
