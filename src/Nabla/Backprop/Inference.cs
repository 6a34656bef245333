using Nabla.Kernels;

namespace Nabla;

/// <summary>Outputs of a network for batches of scaled inputs, without gradients. An example's outputs do not depend on the batch it rides in.</summary>
internal sealed class Inference
{
    private readonly Network network;
    private readonly OutputLoss outputLoss;
    private readonly HiddenActivation hidden;
    private readonly ThreadTeam team;
    private readonly Workspace workspace;

    public Inference(Network network, Loss loss, int capacity, int threads)
    {
        this.network = network;
        outputLoss = OutputLoss.Of(network.Topology.OutputActivation, loss);
        hidden = HiddenActivation.Of(network.Topology.HiddenActivation);
        team = ThreadTeam.Of(threads);
        workspace = new Workspace(network.Topology, capacity, withErrors: false);
    }

    /// <summary>The most examples in a batch.</summary>
    public int Capacity => workspace.Capacity;

    /// <summary>The network's outputs.</summary>
    /// <param name="inputs">[examples, inputs].</param>
    /// <param name="examples">1 to <see cref="Capacity"/>.</param>
    /// <returns>[examples, outputs], valid until the next call.</returns>
    public ReadOnlySpan<float> Outputs(ReadOnlySpan<float> inputs, int examples)
    {
        var z = WeightedInputs(inputs, examples);
        outputLoss.Activate(z, LastSize);
        return z;
    }

    /// <summary>The network's outputs, and the sum of the examples' losses.</summary>
    /// <param name="inputs">[examples, inputs].</param>
    /// <param name="labels">[examples], 1 to <see cref="Capacity"/> of them.</param>
    /// <param name="loss">The sum of the losses.</param>
    /// <returns>[examples, outputs], valid until the next call.</returns>
    public ReadOnlySpan<float> Outputs(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, out double loss)
    {
        var z = WeightedInputs(inputs, labels.Length);
        loss = outputLoss.SumOfLosses(z, labels, LastSize);
        outputLoss.Activate(z, LastSize);
        return z;
    }

    private int LastSize => network.Topology.Sizes[^1];

    private Span<float> WeightedInputs(ReadOnlySpan<float> inputs, int examples)
    {
        Forward.Pass(network, hidden, team, inputs, examples, workspace);
        return workspace.Activations(network.Topology.LayerCount - 1, examples);
    }
}
