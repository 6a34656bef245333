using Nabla.Kernels;

namespace Nabla;

/// <summary>The fast engine: computes the gradient of a whole batch at once in single precision, and updates the parameters.</summary>
internal sealed class VectorizedEngine : ITrainingEngine, IStepMeasuring
{
    private readonly Dataset data;
    private readonly Backpropagation backpropagation;
    private readonly BatchInputs inputs;
    private readonly TargetBuffer targets;
    private readonly AlignedArray<float> gradient;
    private readonly GradientUse gradientUse;
    private readonly AugmentedBatch? augmented;
    private readonly StepMeasure measure;
    private readonly ulong seed;

    /// <param name="start">The network to train, and the options.</param>
    /// <param name="data">The training data.</param>
    public VectorizedEngine(TrainingStart start, Dataset data)
    {
        var (network, preprocessing, targetScaling, options) = start;
        this.data = data;
        seed = options.Seed;
        int capacity = Math.Min(options.BatchSize, data.Count);
        backpropagation = new Backpropagation(network, options.Loss!, capacity, options.Threads);
        inputs = new BatchInputs(preprocessing, capacity);
        targets = new TargetBuffer(data, targetScaling);
        measure = new StepMeasure(network);
        gradient = new AlignedArray<float>(network.Topology.ParameterCount);
        augmented = options.Augmentation.IsNone
            ? null
            : new AugmentedBatch(options.Augmentation, data, capacity, seed, options.Threads);
        Optimizer = Optimizer.Create(options.Optimizer, network, options.InputFactorRate);
        gradientUse = options.ClipValue is null && options.ClipNorm is null
            ? GradientUse.ApplyAtOnce(Optimizer, network)
            : GradientUse.ClipThenApply(Optimizer, network, options.ClipValue, options.ClipNorm);
    }

    public Optimizer Optimizer { get; }

    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        SetInputs(rows, context.Epoch);
        Optimizer.BeginStep(context);
        return backpropagation.Step(inputs, targets.Gather(rows), gradient.Span, gradientUse, new DropoutDraw(seed, context.Epoch));
    }

    public void BeginMeasuredStep() => measure.Begin();

    public LayerUpdate[] MeasureStep() => measure.End(gradient.Span);

    public void Publish()
    {
        // This engine trains in the network's own buffer.
    }

    private void SetInputs(ReadOnlySpan<int> rows, int epoch)
    {
        if (augmented is null)
        {
            inputs.SetBatch(data.Inputs, rows);
            return;
        }
        augmented.Distort(rows, epoch);
        inputs.SetChangedBatch(augmented.Table, rows);
    }
}
