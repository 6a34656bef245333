using Nabla.Kernels;

namespace Nabla;

/// <summary>Outputs of a network for batches of scaled inputs, without gradients. An example's outputs do not depend on the batch it rides in.</summary>
internal sealed class Inference
{
    // Examples that one thread takes through the whole network: enough to pay for packing the weights, few enough for its activations to stay in cache.
    private const int ExamplesOfAPart = 128;

    private readonly Network network;
    private readonly OutputLoss outputLoss;
    private readonly HiddenActivation hidden;
    private readonly ThreadTeam team;
    private readonly Workspace workspace;
    private readonly FirstLayer first;

    // The batch at hand.
    private int examples;

    public Inference(Network network, Loss loss, int capacity, int threads)
    {
        this.network = network;
        outputLoss = OutputLoss.Of(network.Topology.OutputActivation, loss);
        hidden = HiddenActivation.Of(network.Topology.HiddenActivation);
        team = ThreadTeam.Of(threads);
        workspace = new Workspace(network.Topology, capacity, withErrors: false);
        first = new FirstLayer(network, capacity, mostPacked: int.MaxValue, slices: 0);
    }

    /// <summary>The most examples in a batch.</summary>
    public int Capacity => workspace.Capacity;

    /// <summary>The network's outputs.</summary>
    /// <param name="source">The inputs.</param>
    /// <param name="examples">1 to <see cref="Capacity"/>.</param>
    /// <returns>[examples, outputs], valid until the next call.</returns>
    public ReadOnlySpan<float> Outputs(BatchInputs source, int examples)
    {
        var z = WeightedInputs(source, examples);
        outputLoss.Activate(z, LastSize);
        return z;
    }

    /// <summary>The network's outputs, and the examples' losses.</summary>
    /// <param name="source">The inputs.</param>
    /// <param name="labels">[examples], 1 to <see cref="Capacity"/> of them.</param>
    /// <param name="loss">The sum of the losses.</param>
    /// <returns>[examples, outputs], valid until the next call.</returns>
    public ReadOnlySpan<float> Outputs(BatchInputs source, ReadOnlySpan<int> labels, out double loss)
    {
        var z = WeightedInputs(source, labels.Length);
        var losses = workspace.Losses(0, labels.Length);
        outputLoss.Losses(z, labels, LastSize, workspace.Spare(0, labels.Length), losses);
        loss = OutputLoss.Sum(losses);
        outputLoss.Activate(z, LastSize);
        return z;
    }

    private int LastSize => network.Topology.Sizes[^1];

    private Span<float> WeightedInputs(BatchInputs source, int examples)
    {
        this.examples = examples;
        first.Begin(source, examples);
        Run(Phase.Weights, team.Threads);
        Run(Phase.Examples, (examples + ExamplesOfAPart - 1) / ExamplesOfAPart);
        return workspace.Activations(network.Topology.LayerCount - 1, 0, examples);
    }

    private void Run(Phase phase, int parts)
    {
        var job = new Job(this, phase);
        team.Run(ref job, parts);
    }

    private void Execute(Phase phase, int part, int parts)
    {
        if (phase == Phase.Weights)
        {
            first.PrepareWeights(part, parts);
            return;
        }
        int start = part * ExamplesOfAPart, count = Math.Min(ExamplesOfAPart, examples - start);
        first.Read(start, count);
        if (first.NeedsFloats)
            first.ReadFloats(start, count);
        Forward.Pass(network, hidden, ThreadTeam.Of(1), first, start, count, workspace);
    }

    private enum Phase
    {
        Weights,
        Examples,
    }

    private readonly struct Job(Inference owner, Phase phase) : IParallelJob
    {
        public void Execute(int part, int parts) => owner.Execute(phase, part, parts);
    }
}
