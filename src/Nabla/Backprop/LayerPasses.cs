using Nabla.Kernels;

namespace Nabla;

/// <summary>The passes through single layers that all plans consist of. The first layer's products belong to the input layer.</summary>
internal sealed unsafe class LayerPasses
{
    private readonly Network network;
    private readonly Topology topology;
    private readonly OutputLoss? loss;
    private readonly LayerActivation[] activations; // of each layer but the last, whose activation belongs to the loss
    private readonly LayerDropout?[] dropouts; // of each layer; null where no neuron is dropped

    /// <param name="network">Its parameters are read at each call, so they may change between calls.</param>
    /// <param name="loss">Loss and output activation; null where outputs alone are wanted.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="withErrors">Whether gradients will be computed, or outputs alone.</param>
    public LayerPasses(Network network, OutputLoss? loss, int capacity, bool withErrors)
    {
        this.network = network;
        this.loss = loss;
        topology = network.Topology;
        activations = [.. topology.Layers.SkipLast(1).Select(layer => LayerActivation.Create(layer.Activation))];
        Workspace = new Workspace(topology, capacity, withErrors, layer => withErrors && activations[layer].DerivativeNeedsInput);
        dropouts = [.. topology.Layers.Select(
            (layer, number) => withErrors && layer.Dropout > 0 ? new LayerDropout(topology, number, capacity) : null)];
    }

    /// <summary>z, a and delta of all layers.</summary>
    public Workspace Workspace { get; }

    /// <summary>The last layer's number.</summary>
    public int Last => topology.LayerCount - 1;

    /// <summary>Through one layer: z = b + a w, a = f(z), then dropout. The last layer stops at z.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="input">Does the first layer's product.</param>
    /// <param name="team">The threads that share the outputs.</param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    public void Forward(in Batch batch, InputLayer input, ThreadTeam team, int layer, int start, int count)
    {
        var z = Workspace.WeightedInputs(layer, start, count);
        var a = Workspace.Activations(layer, start, count);
        var activation = layer < Last ? activations[layer] : null;
        if (layer == 0)
            input.Forward(batch, team, start, count, z, activation, a);
        else
            ForwardUpper(batch, team, layer, start, count, z, activation, a);
        DropoutOf(batch, layer)?.Forward(batch, team, start, count, a);
    }

    /// <summary>From z of the last layer to the losses and to delta of that layer.</summary>
    public void Loss(in Batch batch, int start, int count) => loss!.LossesAndDelta(
        batch.Targets(start, count), topology.Outputs(Last), batch.Scale, Workspace.WeightedInputs(Last, start, count),
        Workspace.Spare(start, count), Workspace.Losses(start, count));

    /// <summary>From z of the last layer to the losses alone.</summary>
    public double LossOnly(in TargetBatch targets)
    {
        var losses = Workspace.Losses(0, targets.Count);
        loss!.Losses(
            Workspace.WeightedInputs(Last, 0, targets.Count), targets, topology.Outputs(Last), Workspace.Spare(0, targets.Count), losses);
        return OutputLoss.Sum(losses);
    }

    /// <summary>From delta of a layer to delta of the layer below: (delta w^T) f'(z), times the factors of dropout.</summary>
    public void Backward(in Batch batch, ThreadTeam team, int layer, int start, int count)
    {
        int outputs = topology.Outputs(layer), width = topology.Inputs(layer);
        var below = Workspace.Errors(layer - 1, start, count);
        activations[layer - 1].Backward(
            team, new ReadOnlyMatrix(Workspace.Errors(layer, start, count), count, outputs),
            new ReadOnlyMatrix(network.Weights(layer), width, outputs), Workspace.WeightedInputs(layer - 1, start, count),
            Workspace.Activations(layer - 1, start, count), new Matrix(below, count, width));
        DropoutOf(batch, layer - 1)?.Backward(batch, team, start, count, below);
    }

    /// <summary>nabla_w = a^T delta for one part of a layer's inputs; what is done with it follows at once, while it is in cache.</summary>
    public void WeightGradient(in Batch batch, InputLayer input, int layer, int part, int parts)
    {
        int width = topology.Inputs(layer), outputs = topology.Outputs(layer);
        var (start, end) = layer == 0 ? input.GradientInputs(part, parts) : Partition.Range(width, Cache.LineLength, part, parts);
        if (start == end)
            return;
        int first = topology.WeightOffset(layer) + start * outputs, length = (end - start) * outputs;
        var delta = Workspace.Errors(layer, 0, batch.Examples);
        var nabla = new Span<float>(batch.Gradient + first, length);
        if (layer == 0)
        {
            input.Gradient(batch, delta, nabla, start, end);
        }
        else
        {
            var a = OutputsOf(batch, layer - 1, 0, batch.Examples)[start..];
            Gemm.Multiply(
                ThreadTeam.Of(1), new ReadOnlyMatrix(a, batch.Examples, end - start, width, 1).Transposed,
                new ReadOnlyMatrix(delta, batch.Examples, outputs), new Matrix(nabla, end - start, outputs));
        }
        batch.Use!.PartReady(Gradient(batch), first, first + length);
    }

    /// <summary>nabla_b = the column sums of delta, for all layers.</summary>
    public void BiasGradients(in Batch batch, ThreadTeam team)
    {
        for (int layer = Last; layer >= 0; layer--)
            Rows.Sum(team, Workspace.Errors(layer, 0, batch.Examples), topology.Biases(Gradient(batch), layer));
        batch.Use!.PartReady(Gradient(batch), topology.WeightCount, topology.ParameterCount);
    }

    private void ForwardUpper(
        in Batch batch, ThreadTeam team, int layer, int start, int count, Span<float> z, LayerActivation? activation, Span<float> a)
    {
        int width = topology.Inputs(layer), outputs = topology.Outputs(layer);
        var below = new ReadOnlyMatrix(OutputsOf(batch, layer - 1, start, count), count, width);
        var weights = new ReadOnlyMatrix(network.Weights(layer), width, outputs);
        if (activation is null)
            Gemm.MultiplyAddRow(team, below, weights, network.Biases(layer), new Matrix(z, count, outputs));
        else
            activation.Forward(team, below, weights, network.Biases(layer), new Matrix(z, count, outputs), a);
    }

    /// <summary>What a layer passes on: a, or a times the factors of dropout, [count, outputs].</summary>
    private ReadOnlySpan<float> OutputsOf(in Batch batch, int layer, int start, int count) =>
        DropoutOf(batch, layer) is { } dropout ? dropout.Outputs(start, count) : Workspace.Activations(layer, start, count);

    private LayerDropout? DropoutOf(in Batch batch, int layer) => batch.Dropout is null ? null : dropouts[layer];

    private Span<float> Gradient(in Batch batch) => new(batch.Gradient, topology.ParameterCount);
}
