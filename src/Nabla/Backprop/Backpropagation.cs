using Nabla.Kernels;

namespace Nabla;

/// <summary>The gradient of a network's loss over a batch, all examples at once (the notebook's exercise 2, at any depth).</summary>
/// <remarks>
/// docs/backprop.md derives the four equations in these symbols. L2 decay is not part of this gradient: optimizers add it, in the pass over
/// the parameters that they make anyway. Not safe for use by several threads at once; the team's threads are inside.
/// </remarks>
public sealed class Backpropagation
{
    private readonly Network network;
    private readonly Topology topology;
    private readonly OutputLoss outputLoss;
    private readonly HiddenActivation hidden;
    private readonly ThreadTeam team;
    private readonly Workspace workspace;

    /// <summary>Prepares buffers for batches up to a size.</summary>
    /// <param name="network">Its parameters are read at each call, so they may change between calls.</param>
    /// <param name="loss">Must go with the network's output activation.</param>
    /// <param name="capacity">The most examples in a batch, at least 1.</param>
    /// <param name="threads">Threads to share the work; 0 for one a processor. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The loss does not go with the output activation, or a layer's batch does not fit one buffer.</exception>
    public Backpropagation(Network network, Loss loss, int capacity, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.network = network;
        topology = network.Topology;
        outputLoss = OutputLoss.Of(topology.OutputActivation, loss);
        hidden = HiddenActivation.Of(topology.HiddenActivation);
        team = ThreadTeam.Of(threads);
        workspace = new Workspace(topology, capacity, withErrors: true);
    }

    /// <summary>Computes the gradient of the mean loss over a batch.</summary>
    /// <param name="inputs">[examples, inputs], scaled as the network wants them.</param>
    /// <param name="labels">[examples], each from 0 to the number of outputs - 1.</param>
    /// <param name="gradient">Receives one number for each parameter, in the order of <see cref="Network.Parameters"/>.</param>
    /// <returns>The sum of the examples' losses.</returns>
    /// <exception cref="ArgumentException">More examples than the capacity, spans whose lengths do not fit, or a label that no output stands for.</exception>
    public double Gradient(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        int examples = labels.Length;
        Check(inputs, labels, gradient);
        int last = topology.LayerCount - 1;

        Forward.Pass(network, hidden, team, inputs, examples, workspace);
        double loss = outputLoss.LossAndDelta(labels, topology.Outputs(last), 1f / examples, workspace.Activations(last, examples));

        for (int layer = last; layer >= 0; layer--)
        {
            var delta = layer == last ? workspace.Activations(layer, examples) : workspace.Errors(layer, examples); // [examples, outputs]
            var below = layer == 0 ? inputs : workspace.Activations(layer - 1, examples);                           // [examples, inputs]
            var deltas = new ReadOnlyMatrix(delta, examples, topology.Outputs(layer));

            // nabla_b = the column sums of delta; nabla_w = delta^T a.
            Rows.Sum(team, delta, topology.Biases(gradient, layer));
            Gemm.Multiply(
                team, deltas.Transposed, new ReadOnlyMatrix(below, examples, topology.Inputs(layer)),
                new Matrix(topology.Weights(gradient, layer), topology.Outputs(layer), topology.Inputs(layer)));
            if (layer > 0)
                Propagate(layer, deltas, below);
        }
        return loss;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{network}, batches of up to {workspace.Capacity}, {team}";

    /// <summary>The error of the layer below: delta w, times f' of that layer.</summary>
    private void Propagate(int layer, ReadOnlyMatrix deltas, ReadOnlySpan<float> below)
    {
        var errors = workspace.Errors(layer - 1, deltas.Rows);
        Gemm.Multiply(
            team, deltas, new ReadOnlyMatrix(network.Weights(layer), topology.Outputs(layer), topology.Inputs(layer)),
            new Matrix(errors, deltas.Rows, topology.Inputs(layer)));
        hidden.MultiplyByDerivative(team, below, errors);
    }

    private void Check(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        int examples = labels.Length, outputs = topology.Outputs(topology.LayerCount - 1);
        if (examples == 0 || examples > workspace.Capacity)
            throw new ArgumentException($"A batch has 1 to {workspace.Capacity} examples here, not {examples}.");
        if (inputs.Length != (long)examples * topology.Inputs(0))
            throw new ArgumentException($"{examples} examples need {(long)examples * topology.Inputs(0)} inputs, not {inputs.Length}.");
        if (gradient.Length != topology.ParameterCount)
            throw new ArgumentException($"The gradient has {topology.ParameterCount} numbers, not {gradient.Length}.");
        // A label beyond the outputs would be subtracted from the next example.
        int wrong = labels.IndexOfAnyExceptInRange(0, outputs - 1);
        if (wrong >= 0)
            throw new ArgumentException($"Label {labels[wrong]} of example {wrong} is not one of {outputs} outputs.");
    }
}
