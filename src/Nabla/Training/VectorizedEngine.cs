using Nabla.Kernels;

namespace Nabla;

/// <summary>The fast engine: scales a batch, computes its gradient at once, and lets the optimizer step.</summary>
internal sealed class VectorizedEngine : ITrainingEngine
{
    private readonly Dataset data;
    private readonly Backpropagation backpropagation;
    private readonly BatchInputs inputs;
    private readonly TargetBuffer targets;
    private readonly AlignedArray<float> gradient;
    private readonly GradientUse gradientUse;

    /// <param name="network">Learns.</param>
    /// <param name="preprocessing">How inputs are scaled.</param>
    /// <param name="targetScaling">How values to predict are standardized; null for classes.</param>
    /// <param name="options">How to train; the loss is there.</param>
    /// <param name="data">The training data.</param>
    public VectorizedEngine(
        Network network, Preprocessing preprocessing, TargetScaling? targetScaling, TrainingOptions options, Dataset data)
    {
        this.data = data;
        int capacity = Math.Min(options.BatchSize, data.Count);
        backpropagation = new Backpropagation(network, options.Loss!, capacity, options.Threads);
        inputs = new BatchInputs(preprocessing, capacity);
        targets = new TargetBuffer(data, targetScaling);
        gradient = new AlignedArray<float>(network.Topology.ParameterCount);
        Optimizer = Optimizer.Create(options.Optimizer, network.Topology);
        gradientUse = options.ClipNorm is { } norm
            ? GradientUse.ClipThenApply(Optimizer, network, norm)
            : GradientUse.ApplyAtOnce(Optimizer, network);
    }

    public Optimizer Optimizer { get; }

    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        inputs.SetBatch(data.Inputs, rows);
        Optimizer.BeginStep(context);
        return backpropagation.Step(inputs, targets.Gather(rows), gradient.Span, gradientUse);
    }

    public void Publish()
    {
        // It works on the network's own buffer.
    }
}
