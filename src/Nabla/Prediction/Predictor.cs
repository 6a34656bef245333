using Nabla.Kernels;

namespace Nabla;

/// <summary>Computes the outputs of a network: for one example as soon as possible, for many with all threads.</summary>
/// <remarks>
/// Safe for concurrent use, unless a thread changes the network meanwhile: any number of threads may share one predictor, with the bits of
/// one thread. An example's outputs do not depend on the examples it is predicted with.
/// </remarks>
public sealed unsafe class Predictor
{
    // Several parts for each thread, and not so many that the activations fill the memory.
    private const int LargestBatch = 2048;

    // Of one layer of a batch: a model file of a few megabytes may have a layer of a million neurons.
    private const int MaxActivations = 1 << 24;

    private readonly Network network;
    private readonly OutputLoss? loss;
    private readonly Preprocessing? preprocessing;
    private readonly ThreadTeam team;
    private readonly SingleInference single;
    private readonly ScratchPool<BatchScratch> pool = new();

    /// <summary>Prepares predictions of a bare network, whose inputs are scaled already.</summary>
    /// <param name="network">Its parameters are read at each call, so they may change between calls.</param>
    /// <param name="threads">Threads to share a batch; 0 for one for each processor. The result does not depend on it.</param>
    public Predictor(Network network, int threads = 0)
        : this(network, null, null, threads)
    {
    }

    internal Predictor(Network network, OutputLoss? loss, Preprocessing? preprocessing, int threads)
    {
        this.network = network;
        this.loss = loss;
        this.preprocessing = preprocessing;
        team = ThreadTeam.Of(threads);
        single = new SingleInference(network);
    }

    /// <summary>Computes the network's outputs for one or several examples.</summary>
    /// <param name="inputs">[examples, inputs], scaled as the network wants them.</param>
    /// <param name="outputs">Receives [examples, outputs].</param>
    /// <exception cref="ArgumentException">
    /// The inputs are not whole examples, there is not room for the outputs of each, or inputs and outputs overlap.
    /// </exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int width = network.Topology.Sizes[0], outputWidth = network.Topology.Sizes[^1];
        int examples = inputs.Length / width;
        if (inputs.Length % width != 0 || outputs.Length != (long)examples * outputWidth)
        {
            throw new ArgumentException(
                $"{width} inputs become {outputWidth} outputs: {inputs.Length} inputs do not give {outputs.Length} outputs.");
        }
        if (outputs.Overlaps(inputs))
            throw new ArgumentException("The outputs overlap the inputs.", nameof(outputs));
        if (examples == 1)
        {
            PredictOne(inputs, outputs);
            return;
        }
        if (examples == 0)
            return;
        var scratch = Rent(examples);
        fixed (float* x = inputs)
        {
            for (int start = 0; start < examples; start += scratch.Inference.Capacity)
            {
                int count = Math.Min(scratch.Inference.Capacity, examples - start);
                scratch.Inference.Forward(x + start * (nint)width, count);
                scratch.Inference.Activate(count).CopyTo(outputs[(start * outputWidth)..]);
            }
        }
        pool.Return(scratch);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{network.Topology} predictor, {team}";

    /// <summary>What is done with each batch: its place in the table, and z of its last layer in the inference.</summary>
    internal delegate void BatchAction(int start, int count, BatchInference inference);

    /// <summary>One example at a time, scaled into a scratch of the caller's.</summary>
    internal SingleInference Single => single;

    /// <summary>Takes all rows of a table through the network, batch by batch.</summary>
    internal void ForEachBatch(FeatureTable inputs, BatchAction action)
    {
        if (inputs.Rows == 0)
            return;
        var scratch = Rent(inputs.Rows);
        for (int start = 0; start < inputs.Rows; start += scratch.Inference.Capacity)
        {
            int count = Math.Min(scratch.Inference.Capacity, inputs.Rows - start);
            scratch.Inputs!.SetBatch(inputs, start, count);
            scratch.Inference.Forward(scratch.Inputs);
            action(start, count, scratch.Inference);
        }
        pool.Return(scratch);
    }

    private void PredictOne(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var scratch = single.Rent();
        inputs.CopyTo(scratch.Inputs);
        single.Outputs(scratch).CopyTo(outputs);
        single.Return(scratch);
    }

    // No larger than the rows that were asked for.
    private BatchScratch Rent(int rows)
    {
        int capacity = Math.Min(rows, Math.Clamp(MaxActivations / network.Topology.Sizes.Max(), 1, LargestBatch));
        return pool.Rent() is { } scratch && scratch.Inference.Capacity >= capacity
            ? scratch
            : new BatchScratch(
                new BatchInference(network, loss, capacity, team), preprocessing is null ? null : new BatchInputs(preprocessing, capacity));
    }

    private sealed record BatchScratch(BatchInference Inference, BatchInputs? Inputs);
}
