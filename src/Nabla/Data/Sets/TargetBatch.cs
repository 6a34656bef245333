namespace Nabla;

/// <summary>The targets of one batch: a class number or some values for each example, and how much each example counts.</summary>
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

    /// <summary>Targets that are classes.</summary>
    /// <param name="labels">[examples], each from 0 to the number of outputs - 1.</param>
    /// <param name="weights">[examples], how much each counts; empty if all count 1.</param>
    /// <exception cref="ArgumentException">There are not as many weights as labels.</exception>
    public static TargetBatch FromLabels(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default) =>
        new(labels.Length, labels, [], 0, weights);

    /// <summary>Targets that are numbers.</summary>
    /// <param name="values">[examples, width], example by example.</param>
    /// <param name="width">Values of one example, at least 1.</param>
    /// <param name="weights">[examples], how much each counts; empty if all count 1.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, or there are not as many weights as examples.</exception>
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

    /// <summary>Values of one example; 0 if the targets are classes.</summary>
    public int Width { get; }

    /// <summary>How much each example counts, [examples]; empty if all count 1.</summary>
    public ReadOnlySpan<float> Weights { get; }

    /// <summary>Whether the targets are classes.</summary>
    internal bool AreClasses => Width == 0;

    /// <summary>The same targets with weights.</summary>
    internal TargetBatch WithWeights(ReadOnlySpan<float> weights) => new(Count, Labels, Values, Width, weights);

    /// <summary>Checks targets that a caller gives.</summary>
    /// <param name="outputs">Outputs of the network.</param>
    /// <exception cref="ArgumentException">A label has no output, or an example has not one value for each output.</exception>
    internal void Check(int outputs)
    {
        // A label beyond the outputs would be subtracted from the next example.
        int wrong = Labels.IndexOfAnyExceptInRange(0, outputs - 1);
        if (wrong >= 0)
            throw new ArgumentException($"Label {Labels[wrong]} of example {wrong} is not one of {outputs} outputs.");
        if (!AreClasses && Width != outputs)
            throw new ArgumentException($"An example has {Width} target values, and the network has {outputs} outputs.");
    }
}
