using Nabla.Kernels;

namespace Nabla;

/// <summary>The fast engine: computes the gradient of a whole batch at once in single precision, and updates the parameters.</summary>
internal sealed class VectorizedEngine : ITrainingEngine, IStepMeasuring, IStateSharing
{
    private readonly Dataset data;
    private readonly Network network;
    private readonly Backpropagation backpropagation;
    private readonly BatchInputs inputs;
    private readonly TargetBuffer targets;
    private readonly AlignedArray<float> gradient;
    private readonly GradientUse gradientUse;
    private readonly AugmentedBatch? augmented;
    private readonly StepMeasure measure;
    private readonly ThreadTeam team;
    private readonly ulong seed;
    private readonly ShardedGradient? sharded; // null if a batch is not cut
    private readonly bool movesPart; // of the parameters, and other ranks the others
    private readonly int[] batch; // the rows of a batch that is cut
    private int batchLength, epoch;
    private bool isMeasured;

    /// <param name="start">The network to train, and the options.</param>
    /// <param name="data">The training data.</param>
    /// <param name="ranks">The ranks that share each step; null for this process alone.</param>
    /// <exception cref="InvalidOptionException">The batches are too large.</exception>
    public VectorizedEngine(TrainingStart start, Dataset data, ICommunicator? ranks = null)
    {
        (network, var preprocessing, var targetScaling, var options) = start;
        this.data = data;
        seed = options.Seed;
        team = ThreadTeam.Of(options.Threads);
        if (ranks is { Size: > 1 } || options.Shards > 1)
            sharded = new ShardedGradient(ranks ?? SingleRank.Instance, options.Shards, network.Topology.ParameterCount);
        int batchSize = Math.Min(options.BatchSize, data.Count);
        batch = new int[sharded is null ? 0 : batchSize];
        int capacity = sharded is null ? batchSize : (batchSize + options.Shards - 1) / options.Shards;
        RequireRoom(network.Topology, capacity);
        backpropagation = new Backpropagation(network, options.Loss!, capacity, options.Threads);
        inputs = new BatchInputs(preprocessing, capacity);
        targets = new TargetBuffer(data, targetScaling);
        measure = new StepMeasure(network);
        gradient = new AlignedArray<float>(network.Topology.ParameterCount);
        augmented = options.Augmentation.IsNone
            ? null
            : new AugmentedBatch(options.Augmentation, data, capacity, seed, options.Threads);
        Optimizer = Optimizer.Create(options.Optimizer, network, options.InputFactorRate);
        gradientUse = sharded is null && options.ClipValue is null && options.ClipNorm is null
            ? GradientUse.ApplyAtOnce(Optimizer, network)
            : GradientUse.ClipThenApply(Optimizer, network, options.ClipValue, options.ClipNorm);
        // A norm is that of the whole gradient, and factors of inputs belong to all weights of an input.
        movesPart = ranks is { Size: > 1 } && options.ClipNorm is null && options.InputFactorRate is null;
    }

    public Optimizer Optimizer { get; }

    public bool HasWholeState { get; private set; } = true;

    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        Optimizer.BeginStep(context);
        epoch = context.Epoch;
        if (sharded is not null)
            return ShardedStep(sharded, rows);
        SetInputs(rows);
        return backpropagation.Step(inputs, targets.Gather(rows), gradient.Span, gradientUse, new DropoutDraw(seed, epoch));
    }

    public void BeginMeasuredStep()
    {
        isMeasured = true;
        measure.Begin();
    }

    public LayerUpdate[] MeasureStep()
    {
        isMeasured = false;
        return measure.End(gradient.Span);
    }

    public void ShareState()
    {
        if (HasWholeState)
            return;
        foreach (var (_, values) in Optimizer.Memory)
            sharded!.Share(values);
        HasWholeState = true;
    }

    public void Publish()
    {
        // This engine trains in the network's own buffer.
    }

    private double ShardedStep(ShardedGradient shards, ReadOnlySpan<int> rows)
    {
        rows.CopyTo(batch);
        batchLength = rows.Length;
        double loss = shards.Sum(Shard, gradient.Span);
        network.BeginUpdate();
        if (movesPart)
        {
            MovePart(shards);
            return loss;
        }
        shards.Share(gradient.Span);
        gradientUse.AllReady(team, gradient.Span);
        return loss;
    }

    /// <summary>Each rank moves a part of the parameters, and remembers what the optimizer needs for it alone.</summary>
    private void MovePart(ShardedGradient shards)
    {
        var (start, end) = shards.OwnPart;
        HasWholeState = false;
        gradientUse.RangeReady(team, gradient.Span, start, end);
        shards.Share(network.ParametersToUpdate);
        if (isMeasured)
            shards.Share(gradient.Span);
    }

    /// <summary>What one shard of the batch adds to the gradient. A small batch may leave it empty.</summary>
    private double Shard(int shard, Span<float> part)
    {
        var (start, end) = Partition.Range(batchLength, 1, shard, sharded!.Shards);
        var rows = batch.AsSpan(start, end - start);
        if (rows.IsEmpty)
        {
            part.Clear();
            return 0;
        }
        SetInputs(rows);
        return backpropagation.Shard(inputs, targets.Gather(rows), batchLength, part, new DropoutDraw(seed, epoch));
    }

    private void SetInputs(ReadOnlySpan<int> rows)
    {
        if (augmented is null)
        {
            inputs.SetBatch(data.Inputs, rows);
            return;
        }
        augmented.Distort(rows, epoch);
        inputs.SetChangedBatch(augmented.Table, rows);
    }

    private static void RequireRoom(Topology topology, int capacity)
    {
        int widest = Math.Max(topology.Sizes.Max(), OutputLoss.SparePerOutput * topology.Sizes[^1]);
        if (!BufferSize.TryElements([capacity, widest], sizeof(float), out _))
        {
            throw new InvalidOptionException(
                $"The values of a batch of {capacity} examples in a layer of {topology.Sizes.Max()} neurons need more than 2 GB",
                "Use a smaller batch size.", nameof(TrainingOptions.BatchSize));
        }
    }
}
