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

    public VectorizedEngine(Network network, Preprocessing preprocessing, TrainingOptions options, Dataset data)
    {
        this.data = data;
        int capacity = Math.Min(options.BatchSize, data.Count);
        backpropagation = new Backpropagation(network, options.Loss, capacity, options.Threads);
        inputs = new BatchInputs(preprocessing, capacity);
        targets = new TargetBuffer(data, capacity);
        gradient = new AlignedArray<float>(network.Topology.ParameterCount);
        Optimizer = Optimizer.Create(options.Optimizer, network.Topology);
        gradientUse = options.ClipValue is null && options.ClipNorm is null
            ? GradientUse.ApplyAtOnce(Optimizer, network)
            : GradientUse.ClipThenApply(Optimizer, network, options.ClipValue, options.ClipNorm);
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
