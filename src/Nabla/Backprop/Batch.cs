using Nabla.Kernels;

namespace Nabla;

/// <summary>What one training step works on. Passed down, kept nowhere: its pointers are valid during the call that made it.</summary>
internal readonly unsafe struct Batch
{
    /// <summary>Examples in the batch, at least 1.</summary>
    public required int Examples { get; init; }

    /// <summary>Multiplies the gradient: 1 / examples for the mean over the batch, or over a larger one of which this is a shard.</summary>
    public float Scale { get; init; }

    /// <summary>The threads that share the step.</summary>
    public required ThreadTeam Team { get; init; }

    /// <summary>[examples, inputs], scaled. If there is a <see cref="Source"/>, they are still to be read from it.</summary>
    public required float* Inputs { get; init; }

    /// <summary>Where the inputs are read from; null if they are there already.</summary>
    public BatchInputs? Source { get; init; }

    /// <summary>What each of the 256 bytes stands for, if the source holds bytes that are all scaled alike; else null.</summary>
    public float* ValuesOfBytes { get; init; }

    /// <summary>The class of each example, [examples]; null if the targets are values.</summary>
    public int* Labels { get; init; }

    /// <summary>The values of each example, [examples, width]; null if the targets are classes.</summary>
    public float* Values { get; init; }

    /// <summary>Values of one example.</summary>
    public int Width { get; init; }

    /// <summary>How much each example counts, [examples]; null if all count 1.</summary>
    public float* Weights { get; init; }

    /// <summary>Which neurons are dropped; null for none.</summary>
    public DropoutDraw? Dropout { get; init; }

    /// <summary>One number for each parameter; each part is written once.</summary>
    public float* Gradient { get; init; }

    /// <summary>What happens to the gradient.</summary>
    public GradientUse? Use { get; init; }

    /// <summary>Which example of the data set an example of the batch is; its place in the batch if there is no data set.</summary>
    public int Row(int example) => Source is null ? example : Source.Examples[example];

    /// <summary>The targets of some examples.</summary>
    public TargetBatch Targets(int start, int count)
    {
        var weights = Weights == null ? [] : new ReadOnlySpan<float>(Weights + start, count);
        return Labels != null
            ? TargetBatch.FromLabels(new ReadOnlySpan<int>(Labels + start, count), weights)
            : TargetBatch.FromValues(new ReadOnlySpan<float>(Values + start * (nint)Width, count * Width), Width, weights);
    }
}
