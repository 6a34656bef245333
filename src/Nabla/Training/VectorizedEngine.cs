using Nabla.Kernels;

namespace Nabla;

/// <summary>The fast engine: scales a batch, computes its gradient at once, and lets the optimizer step.</summary>
internal sealed class VectorizedEngine : ITrainingEngine
{
    private readonly Network network;
    private readonly Preprocessing preprocessing;
    private readonly Backpropagation backpropagation;
    private readonly float[] inputs;
    private readonly float[] gradient;
    private readonly int[] labels;

    public VectorizedEngine(Network network, Preprocessing preprocessing, TrainingOptions options, int examples)
    {
        int capacity = Math.Min(options.BatchSize, examples);
        this.network = network;
        this.preprocessing = preprocessing;
        backpropagation = new Backpropagation(network, options.Loss, capacity, options.Threads);
        Optimizer = options.Optimizer.Create(network.Topology, options.L2, ThreadTeam.Of(options.Threads));
        inputs = GC.AllocateUninitializedArray<float>(checked(capacity * network.Topology.Inputs(0)), pinned: true);
        gradient = GC.AllocateUninitializedArray<float>(network.Topology.ParameterCount, pinned: true);
        labels = new int[capacity];
    }

    public Optimizer Optimizer { get; }

    public double Step(Dataset data, ReadOnlySpan<int> rows)
    {
        var batch = inputs.AsSpan(0, rows.Length * data.Inputs.Columns);
        preprocessing.Apply(data.Inputs, rows, batch);
        for (int i = 0; i < rows.Length; i++)
            labels[i] = data.Labels[rows[i]];
        double loss = backpropagation.Gradient(batch, labels.AsSpan(0, rows.Length), gradient);
        Optimizer.Step(gradient, network.Parameters);
        return loss;
    }

    public void Publish()
    {
        // It works on the network's own buffer.
    }
}
