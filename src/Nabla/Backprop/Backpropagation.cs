using Nabla.Kernels;

namespace Nabla;

/// <summary>The gradient of a network's loss over a batch, all examples at once (the notebook's exercise 2, at any depth).</summary>
/// <remarks>
/// docs/backprop.md derives the four equations in these symbols, docs/step.md shows who does what and when. Weight decay is not part of
/// this gradient: optimizers add it, in the pass over the parameters that they make anyway. Not safe for concurrent use: a call while
/// another runs throws <see cref="InvalidOperationException"/> before anything is touched. The threads that share the work are inside.
/// </remarks>
public sealed unsafe class Backpropagation
{
    // Up to so many weights, it is cheaper that each thread packs them for its own examples than that all meet after each operation.
    private const int MaxPacked = 1 << 17;

    private readonly ExclusiveUse use = new("backpropagation");
    private readonly Network network;
    private readonly Topology topology;
    private readonly Loss loss;
    private readonly int capacity;
    private readonly ThreadTeam all;
    private readonly ThreadChoice choice;
    private readonly LayerPasses passes;
    private readonly ZeroShare zeros = new();
    private readonly StepPlan densePlan;
    private StepPlan? sparsePlan;
    private AlignedArray<float>? inputs; // [examples, inputs] of a batch that is read from a data set

    /// <summary>Prepares buffers for batches up to a size.</summary>
    /// <param name="network">Its parameters are read at each call, so they may change between calls.</param>
    /// <param name="loss">Must go with the network's output activation.</param>
    /// <param name="capacity">The most examples in a batch, at least 1.</param>
    /// <param name="threads">Threads to share the work; 0 for one for each processor. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// The loss does not go with the output activation, or a layer's activations for a batch do not fit one buffer.
    /// </exception>
    public Backpropagation(Network network, Loss loss, int capacity, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.network = network;
        this.loss = loss;
        this.capacity = capacity;
        topology = network.Topology;
        all = ThreadTeam.Of(threads);
        choice = new ThreadChoice(all, TimeProvider.System);
        passes = new LayerPasses(network, loss.With(topology.OutputActivation), capacity, withErrors: true);
        densePlan = CreatePlan(new DenseInputLayer(network, zeros), topology.WeightCount);
    }

    /// <summary>Computes the gradient of the mean loss over a batch.</summary>
    /// <param name="inputs">[examples, inputs], scaled as the network wants them.</param>
    /// <param name="targets">One entry for each example.</param>
    /// <param name="gradient">Receives one number for each parameter, in the order of <see cref="Network.Parameters"/>.</param>
    /// <param name="dropout">
    /// Which neurons are dropped in layers with a <see cref="Layer.Dropout"/>: the batch's examples count as the first of that epoch's
    /// data. Null to drop none.
    /// </param>
    /// <returns>The sum of the examples' losses.</returns>
    /// <exception cref="ArgumentException">
    /// More examples than the capacity, spans whose lengths do not fit, a gradient that overlaps one of the others or the network's
    /// parameters, a label without an output, or targets that the loss does not take.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public double Gradient(ReadOnlySpan<float> inputs, in TargetBatch targets, Span<float> gradient, DropoutDraw? dropout = null)
    {
        Check(targets, gradient);
        long needed = (long)targets.Count * topology.Inputs(0);
        if (inputs.Length != needed)
            throw new ArgumentException($"{targets.Count} examples need {needed} inputs, not {inputs.Length}.");
        if (gradient.Overlaps(inputs) || gradient.Overlaps(targets.Values) || gradient.Overlaps(targets.Weights)
            || gradient.Overlaps(network.Parameters))
        {
            throw new ArgumentException("The gradient overlaps what it is computed from.", nameof(gradient));
        }
        using var _ = use.Enter();
        fixed (float* x = inputs)
            return Run(null, x, targets, targets.Count, gradient, GradientUse.Keep, dropout, all);
    }

    /// <summary>Computes the gradient of a batch whose inputs are read and scaled on the way, and makes a training step with it.</summary>
    /// <param name="source">The batch.</param>
    /// <param name="targets">One entry for each example.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="gradientUse">Moves the network's parameters.</param>
    /// <param name="dropout">Which neurons are dropped; null for none.</param>
    /// <returns>The sum of the examples' losses before the step.</returns>
    internal double Step(
        BatchInputs source, in TargetBatch targets, Span<float> gradient, GradientUse gradientUse, DropoutDraw? dropout = null) =>
        RunChosen(source, targets, targets.Count, gradient, gradientUse, dropout);

    /// <summary>Computes what a shard of a batch adds to the gradient of the mean loss over the batch.</summary>
    /// <param name="source">The shard.</param>
    /// <param name="targets">One entry for each example of the shard.</param>
    /// <param name="examples">Examples of the batch.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="dropout">Which neurons are dropped; null for none.</param>
    /// <returns>The sum of the losses of the shard's examples.</returns>
    internal double Shard(
        BatchInputs source, in TargetBatch targets, int examples, Span<float> gradient, DropoutDraw? dropout) =>
        RunChosen(source, targets, examples, gradient, GradientUse.Keep, dropout);

    /// <inheritdoc/>
    public override string ToString() => $"{network}, batches of up to {capacity}, {all}";

    /// <summary>Runs a batch of a data set with as many threads as pay.</summary>
    private double RunChosen(
        BatchInputs source, in TargetBatch targets, int examples, Span<float> gradient, GradientUse gradientUse, DropoutDraw? dropout)
    {
        Check(targets, gradient);
        source.Require(targets.Count, topology.Inputs(0));
        using var _ = use.Enter();
        inputs ??= new AlignedArray<float>((long)capacity * topology.Inputs(0));
        if (gradientUse != GradientUse.Keep)
            network.BeginUpdate();
        var team = choice.Begin();
        double sum = Run(source, inputs.Pointer, targets, examples, gradient, gradientUse, dropout, team);
        choice.End();
        return sum;
    }

    private double Run(
        BatchInputs? source, float* x, in TargetBatch targets, int examples, Span<float> gradient, GradientUse gradientUse,
        DropoutDraw? dropout, ThreadTeam team)
    {
        fixed (int* labels = targets.Labels)
        fixed (float* values = targets.Values, weights = targets.Weights, nabla = gradient)
        {
            var batch = new Batch
            {
                Examples = targets.Count, Scale = 1f / examples, Team = team, Source = source, Inputs = x,
                Labels = labels, Values = values, Width = targets.Width,
                Weights = weights, Dropout = dropout, Gradient = nabla, Use = gradientUse,
                ValuesOfBytes = source is null ? null : source.ValuesOfBytes,
            };
            Run(batch);
        }
        gradientUse.AllReady(team, gradient);
        return OutputLoss.Sum(passes.Workspace.Losses(0, targets.Count));
    }

    private void Run(in Batch batch)
    {
        bool skipsZeros = zeros.NextBatch() && SparseInputLayer.Fits(topology.Inputs(0), topology.Outputs(0), capacity);
        if (skipsZeros && (sparsePlan ??= CreateSparsePlan()).Run(batch))
            return;
        densePlan.Run(batch);
    }

    private StepPlan CreateSparsePlan()
    {
        int weightsAbove = topology.WeightCount - topology.Inputs(0) * topology.Outputs(0);
        return CreatePlan(new SparseInputLayer(network, zeros, capacity), weightsAbove);
    }

    /// <summary>The plan for so many weights that each thread would have to pack.</summary>
    private StepPlan CreatePlan(InputLayer input, int weightsToPack) =>
        weightsToPack <= MaxPacked ? new ExamplesPlan(input, passes) : new OperationsPlan(input, passes, HasSmallTop);

    // The last layer is small as a rule, also where the others are not. A single layer is the input layer, which shares outputs.
    private bool HasSmallTop => passes.Last > 0 && topology.Inputs(passes.Last) * (long)topology.Outputs(passes.Last) <= MaxPacked;

    private void Check(in TargetBatch targets, Span<float> gradient)
    {
        if (targets.Count == 0 || targets.Count > capacity)
            throw new ArgumentException($"A batch has 1 to {capacity} examples here, not {targets.Count}.");
        if (gradient.Length != topology.ParameterCount)
            throw new ArgumentException($"The gradient has {topology.ParameterCount} numbers, not {gradient.Length}.");
        loss.CheckTargets(targets);
        targets.Check(topology.Outputs(passes.Last));
    }
}
