using Nabla.Kernels;

namespace Nabla;

/// <summary>Outputs of a network for batches of inputs. An example's outputs do not depend on the batch it is predicted in.</summary>
/// <remarks>Serves one thread at a time; <see cref="Predictor"/> has one for each call.</remarks>
internal sealed unsafe class BatchInference
{
    // Examples that one thread takes through the whole network: enough to pay for packing the weights, few enough for its activations to
    // stay in cache.
    private const int ExamplesOfAPart = 128;

    private readonly Network network;
    private readonly ThreadTeam team;
    private readonly LayerPasses passes;
    private readonly LayerActivation outputActivation;
    private readonly ZeroShare zeros = new();
    private readonly DenseInputLayer dense;
    private SparseInputLayer? sparse;
    private AlignedArray<float>? inputs; // [examples, inputs] of a batch that is read from a data set

    /// <param name="network">Read only.</param>
    /// <param name="loss">Loss and output activation; null where outputs alone are wanted.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="team">The threads that share the work.</param>
    public BatchInference(Network network, OutputLoss? loss, int capacity, ThreadTeam team)
    {
        this.network = network;
        this.team = team;
        Capacity = capacity;
        passes = new LayerPasses(network, loss, capacity, withErrors: false);
        outputActivation = LayerActivation.Create(network.Topology.OutputActivation);
        dense = new DenseInputLayer(network, zeros);
    }

    /// <summary>The most examples in a batch.</summary>
    public int Capacity { get; }

    /// <summary>Takes a batch that is read from a data set to z of the last layer.</summary>
    public void Forward(BatchInputs source)
    {
        source.Require(source.Count, network.Topology.Inputs(0));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Count, Capacity);
        inputs ??= new AlignedArray<float>(BufferSize.Elements("a batch of inputs", sizeof(float), Capacity, network.Topology.Inputs(0)));
        Forward(new Batch
        {
            Examples = source.Count, Team = team, Inputs = inputs.Pointer, Source = source, ValuesOfBytes = source.ValuesOfBytes,
        });
    }

    /// <summary>Takes a batch of scaled inputs to z of the last layer.</summary>
    /// <param name="x">[examples, inputs].</param>
    /// <param name="examples">1 to <see cref="Capacity"/>.</param>
    public void Forward(float* x, int examples) => Forward(new Batch { Examples = examples, Team = team, Inputs = x });

    /// <summary>The sum of the losses, after <see cref="Forward(BatchInputs)"/>.</summary>
    public double Loss(in TargetBatch targets) => passes.LossOnly(targets);

    /// <summary>The network's outputs, after <see cref="Forward(BatchInputs)"/>: z of the last layer becomes a.</summary>
    /// <param name="examples">As many as the batch has.</param>
    /// <returns>[examples, outputs], valid until the next batch.</returns>
    public ReadOnlySpan<float> Activate(int examples)
    {
        int outputs = network.Topology.Sizes[^1];
        var z = passes.Workspace.WeightedInputs(passes.Last, 0, examples);
        fixed (float* values = z)
            outputActivation.Apply(values, values, examples, outputs, outputs);
        return z;
    }

    private void Forward(in Batch batch)
    {
        var topology = network.Topology;
        if (zeros.NextBatch() && SparseInputLayer.Fits(topology.Inputs(0), topology.Outputs(0), Capacity))
        {
            sparse ??= new SparseInputLayer(network, zeros, Capacity);
            Forward(batch, sparse);
            if (sparse.IsValid)
                return;
        }
        Forward(batch, dense);
    }

    private void Forward(in Batch batch, InputLayer input)
    {
        input.Begin(batch);
        if (input.PacksWeights)
            Share(batch, input, isPacking: true, team.Threads);
        Share(batch, input, isPacking: false, (batch.Examples + ExamplesOfAPart - 1) / ExamplesOfAPart);
    }

    private void Share(in Batch batch, InputLayer input, bool isPacking, int parts)
    {
        var job = new Job { Owner = this, Batch = batch, Input = input, IsPacking = isPacking };
        team.Run(ref job, parts);
    }

    private struct Job : IParallelJob
    {
        public BatchInference Owner;
        public Batch Batch;
        public InputLayer Input;
        public bool IsPacking;

        public readonly void Execute(int part, int parts)
        {
            if (IsPacking)
            {
                Input.PackWeights(part, parts);
                return;
            }
            int start = part * ExamplesOfAPart, count = Math.Min(ExamplesOfAPart, Batch.Examples - start);
            Input.Read(Batch, start, count);
            for (int layer = 0; layer <= Owner.passes.Last; layer++)
                Owner.passes.Forward(Batch, Input, ThreadTeam.Of(1), layer, start, count);
        }
    }
}
