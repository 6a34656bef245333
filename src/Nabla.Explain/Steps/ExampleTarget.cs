using System.Globalization;
using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>What a network should predict for an example: a class, or values. Immutable.</summary>
/// <param name="ClassIndex">Number of the class; null for values.</param>
/// <param name="Values">The values in their own units, [targets]; empty for a class.</param>
public sealed record ExampleTarget(int? ClassIndex, IReadOnlyList<double> Values)
{
    /// <summary>A class.</summary>
    /// <param name="classIndex">Its number, from 0.</param>
    public static ExampleTarget FromClass(int classIndex) => new(classIndex, []);

    /// <summary>Values.</summary>
    /// <param name="values">[targets], in their own units.</param>
    public static ExampleTarget FromValues(params IReadOnlyList<double> values) => new(null, values);

    /// <summary>The target of an example of a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="row">The example's row.</param>
    public static ExampleTarget From(Dataset data, int row) => data.Targets is ClassTargets classes
        ? FromClass(classes.Labels[row])
        : FromValues([.. data.Values.Values.Slice(row * data.Targets.Width, data.Targets.Width)]);

    /// <inheritdoc/>
    public override string ToString() => ClassIndex is { } number
        ? $"class {number}"
        : string.Join(", ", Values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The desired outputs as the network learns them: one-hot, or standardized.</summary>
    /// <exception cref="ArgumentException">The model predicts something else.</exception>
    internal double[] ToOutputs(Model model)
    {
        var y = new double[model.Topology.Sizes[^1]];
        if (model is Classifier == ClassIndex is null || (ClassIndex is null && Values.Count != y.Length)
            || ClassIndex >= y.Length || ClassIndex < 0)
            throw new ArgumentException($"{this} is not a target of this model: {model}.");
        if (ClassIndex is { } number)
        {
            OneHot.Encode(number, y);
            return y;
        }
        if (model.TargetScaling is not { } scaling)
            return [.. Values];
        // Rounded to floats, as in training.
        var standardized = new float[y.Length];
        scaling.Apply([.. Values], standardized);
        return [.. standardized.Select(value => (double)value)];
    }
}
