namespace Nabla.Tests;

public class TopologyTests
{
    [Fact]
    public void Neuron_by_neuron_and_back()
    {
        var topology = new Topology([3, 2, 1], Activation.Relu, Activation.Sigmoid);
        // Weights by input: w[0] is 3 inputs x 2 outputs, w[1] is 2 x 1; then three biases.
        float[] parameters = [11, 21, 12, 22, 13, 23, 31, 32, 1, 2, 3];
        float[] byNeuron = topology.ByNeuron(parameters);
        Assert.Equal([11, 12, 13, 21, 22, 23, 31, 32, 1, 2, 3], byNeuron);
        var back = new float[parameters.Length];
        topology.FromByNeuron(byNeuron, back);
        Assert.Equal(parameters, back);
    }

    [Fact]
    public void Buffers_of_another_length_are_refused()
    {
        var topology = new Topology([3, 2], Activation.Relu, Activation.Sigmoid);
        Assert.Throws<ArgumentException>(() => topology.ByNeuron(new float[7]));
        Assert.Throws<ArgumentException>(() => topology.FromByNeuron(new float[8], new float[9]));
    }
}
