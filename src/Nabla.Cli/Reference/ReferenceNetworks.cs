using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Makes the reference's networks from the library's. The reference keeps its parameters neuron by neuron.</summary>
internal static class ReferenceNetworks
{
    /// <summary>The same network in double precision, with its own copy of the parameters.</summary>
    public static ReferenceNetwork Create(Network network, Loss loss)
    {
        var topology = network.Topology;
        var reference = new ReferenceNetwork(
            topology.Sizes, CreateActivation(topology.HiddenActivation), CreateCost(loss, topology.OutputActivation));
        float[] parameters = topology.ByNeuron(network.Parameters);
        for (int i = 0; i < parameters.Length; i++)
            reference.Parameters.All[i] = parameters[i];
        return reference;
    }

    private static ReferenceActivation CreateActivation(Activation activation) => activation switch
    {
        Activation.Sigmoid => ReferenceActivation.Sigmoid,
        Activation.Tanh => ReferenceActivation.Tanh,
        Activation.Relu => ReferenceActivation.Relu,
        Activation.Identity => ReferenceActivation.Identity,
        Activation.SigmoidAsPrinted => ReferenceActivation.SigmoidAsPrinted,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "The reference has no such activation."),
    };

    private static ReferenceCost CreateCost(Loss loss, Activation output) => (loss, output) switch
    {
        (Loss.Quadratic, _) => new QuadraticCost(CreateActivation(output)),
        (Loss.CrossEntropy, Activation.Sigmoid) => new SigmoidCrossEntropyCost(),
        (Loss.CrossEntropy, Activation.Softmax) => new SoftmaxCrossEntropyCost(),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "The reference has no such cost."),
    };
}
