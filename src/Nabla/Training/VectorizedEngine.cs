using Nabla.Kernels;

namespace Nabla;

/// <summary>The fast engine: scales a batch, computes its gradient at once, and lets the optimizer step.</summary>
internal sealed class VectorizedEngine : ITrainingEngine
{
    private readonly Backpropagation backpropagation;
    private readonly BatchInputs inputs;
    private readonly AlignedArray<float> gradient;
    private readonly int[] labels;

    public VectorizedEngine(Network network, Preprocessing preprocessing, TrainingOptions options, int examples)
    {
        int capacity = Math.Min(options.BatchSize, examples);
        backpropagation = new Backpropagation(network, options.Loss, capacity, options.Threads);
        Optimizer = options.Optimizer.Create(network.Topology, options.L2);
        inputs = new BatchInputs(preprocessing, capacity);
        gradient = new AlignedArray<float>(network.Topology.ParameterCount);
        labels = new int[capacity];
    }

    public Optimizer Optimizer { get; }

    public double Step(Dataset data, ReadOnlySpan<int> rows)
    {
        inputs.TurnTo(data.Inputs, rows);
        for (int i = 0; i < rows.Length; i++)
            labels[i] = data.Labels[rows[i]];
        return backpropagation.Step(inputs, labels.AsSpan(0, rows.Length), gradient.Span, Optimizer);
    }

    public void Publish()
    {
        // It works on the network's own buffer.
    }
}
