namespace Nabla;

/// <summary>Holds the targets of one batch after another. Used by one thread at a time.</summary>
/// <param name="data">The data set whose targets it will hold.</param>
/// <param name="capacity">The most examples in a batch.</param>
internal sealed class TargetBuffer(Dataset data, int capacity)
{
    private readonly float[] weights = new float[data.HasWeights ? capacity : 0];

    /// <summary>Room for class numbers, [capacity].</summary>
    public int[] Labels { get; } = new int[data.Targets is ClassTargets ? capacity : 0];

    /// <summary>Room for values, [capacity, width].</summary>
    public float[] Values { get; } = new float[data.Targets is ValueTargets ? capacity * data.Targets.Width : 0];

    /// <summary>Gathers the targets and weights of a batch.</summary>
    /// <param name="rows">Which examples, in which order; up to the capacity.</param>
    public TargetBatch Gather(ReadOnlySpan<int> rows)
    {
        var targets = data.Targets.Gather(rows, this);
        if (!data.HasWeights)
            return targets;
        for (int i = 0; i < rows.Length; i++)
            weights[i] = data.Weights[rows[i]];
        return targets.WithWeights(weights.AsSpan(0, rows.Length));
    }
}
