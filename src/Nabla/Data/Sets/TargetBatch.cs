namespace Nabla;

/// <summary>The targets of one batch: a class number or values for each example, and optionally example weights.</summary>
/// <remarks>Immutable.</remarks>
public readonly ref struct TargetBatch
{
    private TargetBatch(int count, ReadOnlySpan<int> labels, ReadOnlySpan<float> values, int width, ReadOnlySpan<float> weights)
    {
        if (weights.Length != 0 && weights.Length != count)
            throw new ArgumentException($"{count} examples have {weights.Length} weights.", nameof(weights));
        Count = count;
        Labels = labels;
        Values = values;
        Width = width;
        Weights = weights;
    }

    /// <summary>Creates targets that are classes.</summary>
    /// <param name="labels">[examples], each from 0 to the number of outputs - 1.</param>
    /// <param name="weights">Example weights, [examples]; empty if all are 1.</param>
    /// <exception cref="ArgumentException">The numbers of weights and labels differ.</exception>
    public static TargetBatch FromLabels(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default) =>
        new(labels.Length, labels, [], 0, weights);

    /// <summary>Creates targets that are values.</summary>
    /// <param name="values">[examples, width], example by example.</param>
    /// <param name="width">Number of values for each example, at least 1.</param>
    /// <param name="weights">Example weights, [examples]; empty if all are 1.</param>
    /// <exception cref="ArgumentException">The values do not fill whole rows, or the numbers of weights and examples differ.</exception>
    public static TargetBatch FromValues(ReadOnlySpan<float> values, int width, ReadOnlySpan<float> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return values.Length % width == 0
            ? new(values.Length / width, [], values, width, weights)
            : throw new ArgumentException($"{values.Length} values do not fill rows of {width}.", nameof(values));
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>The class number of each example, [examples]; empty if the targets are values.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>The values of each example, [examples, <see cref="Width"/>]; empty if the targets are classes.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Number of values for each example; 0 if the targets are classes.</summary>
    public int Width { get; }

    /// <summary>Example weights, [examples]; empty if all are 1.</summary>
    public ReadOnlySpan<float> Weights { get; }

    /// <summary>Whether the targets are classes.</summary>
    internal bool AreClasses => Width == 0;

    /// <summary>The same targets with weights.</summary>
    internal TargetBatch WithWeights(ReadOnlySpan<float> weights) => new(Count, Labels, Values, Width, weights);

    /// <summary>Checks targets passed by a caller.</summary>
    /// <param name="outputs">Number of outputs of the network.</param>
    /// <exception cref="ArgumentException">A label has no output, or the number of values is not the number of outputs.</exception>
    internal void Check(int outputs)
    {
        // A label that is too large would change the next example.
        int wrong = Labels.IndexOfAnyExceptInRange(0, outputs - 1);
        if (wrong >= 0)
            throw new ArgumentException($"Label {Labels[wrong]} of example {wrong} is not one of {outputs} outputs.");
        if (!AreClasses && Width != outputs)
            throw new ArgumentException($"An example has {Width} target values, and the network has {outputs} outputs.");
    }
}
