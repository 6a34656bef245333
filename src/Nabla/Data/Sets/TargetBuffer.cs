namespace Nabla;

/// <summary>Holds the targets of the current batch in the form that the engine needs. Not safe for concurrent use.</summary>
/// <param name="data">The data set.</param>
/// <param name="scaling">How values are standardized; null for classes.</param>
internal sealed class TargetBuffer(Dataset data, TargetScaling? scaling)
{
    private int[] labels = [];
    private float[] values = [];
    private float[] weights = [];

    /// <summary>Gathers the targets and weights of a batch.</summary>
    /// <param name="rows">Row numbers of the examples, in order.</param>
    public TargetBatch Gather(ReadOnlySpan<int> rows)
    {
        var targets = data.Targets.Gather(rows, this);
        if (!data.HasWeights)
            return targets;
        var gathered = Room(ref weights, rows.Length);
        for (int i = 0; i < rows.Length; i++)
            gathered[i] = data.Weights[rows[i]];
        return targets.WithWeights(gathered);
    }

    /// <summary>The targets and weights of consecutive examples.</summary>
    public TargetBatch Slice(int start, int count)
    {
        var targets = data.Targets.Slice(start, count, this);
        return data.HasWeights ? targets.WithWeights(data.Weights.Slice(start, count)) : targets;
    }

    /// <summary>A buffer for class numbers.</summary>
    /// <param name="examples">Number of class numbers.</param>
    public Span<int> Labels(int examples) => Room(ref labels, examples);

    /// <summary>A buffer for values.</summary>
    /// <param name="length">Number of examples times width.</param>
    public Span<float> Values(int length) => Room(ref values, length);

    /// <summary>Standardizes the values of one or more examples.</summary>
    public void Standardize(ReadOnlySpan<double> from, Span<float> to)
    {
        if (scaling is not null)
        {
            scaling.Apply(from, to);
            return;
        }
        for (int i = 0; i < from.Length; i++)
            to[i] = (float)from[i];
    }

    private static Span<T> Room<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[length];
        return array.AsSpan(0, length);
    }
}
