using System.Collections.ObjectModel;
using System.Globalization;

namespace Nabla;

/// <summary>
/// How much the examples of each class count in the training loss: <see cref="Balanced"/>, or a weight by name. An example's own weight
/// (<see cref="Dataset.Weights"/>) is multiplied by it. Metrics and the loss on validation data do not depend on it.
/// </summary>
/// <remarks>Immutable, and therefore safe for concurrent use.</remarks>
public sealed class ClassWeights
{
    private const string Option = nameof(TrainingOptions.ClassWeights);

    private ClassWeights(IReadOnlyDictionary<string, float>? byName) => ByName = byName;

    /// <summary>
    /// Each class counts as much as any other: n / (classes * examples of the class), where only classes with training examples are counted
    /// (King and Zeng, 2001; scikit-learn's <c>balanced</c>).
    /// </summary>
    public static ClassWeights Balanced { get; } = new(null);

    /// <summary>The weights by the name of the class; null for <see cref="Balanced"/>. A class without one has weight 1.</summary>
    public IReadOnlyDictionary<string, float>? ByName { get; }

    /// <summary>Weights for single classes.</summary>
    /// <param name="weights">By the name of the class, each finite and at least 0. A class that is not named has weight 1.</param>
    /// <exception cref="InvalidOptionException">A weight is negative or not finite, or there is none.</exception>
    public static ClassWeights From(IReadOnlyDictionary<string, float> weights)
    {
        if (weights.Count == 0)
            throw new InvalidOptionException("There is no class weight", "Name at least one class, or use null.", Option);
        foreach (var (name, weight) in weights)
        {
            if (!(weight >= 0) || !float.IsFinite(weight))
                throw new InvalidOptionException($"The weight of class {name} is {weight}", "Use 0 or a finite number above it.", Option);
        }
        return new ClassWeights(new ReadOnlyDictionary<string, float>(weights.ToDictionary(StringComparer.Ordinal)));
    }

    /// <summary><c>balanced</c>, or <c>a=2,b=1</c>.</summary>
    public override string ToString() => ByName is null ? "balanced" : string.Join(
        ',', ByName.Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Key}={weight.Value}")));

    /// <summary>The training data with the weights of their classes.</summary>
    /// <param name="data">The training data.</param>
    /// <exception cref="InvalidOptionException">The targets are not classes, or a class does not exist, or no example counts.</exception>
    internal Dataset ApplyTo(Dataset data)
    {
        if (data.Targets is not ClassTargets classes)
            throw new InvalidOptionException($"{data.Name} has no classes to weight", "Weight classes in classification only.", Option);
        float[] ofClasses = ByName is null ? Balance(classes) : [.. classes.Names.Select(name => ByName.GetValueOrDefault(name, 1f))];
        if (ByName?.Keys.Except(classes.Names).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOptionException(
                $"There is no class \"{unknown}\" to weight", $"Use the names of classes: {Targets.Shorten(classes.Names)}.", Option);
        }
        var weights = new float[data.Count];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = ofClasses[classes.LabelOf(i)] * (data.HasWeights ? data.Weights[i] : 1f);
        if (!weights.AsSpan().ContainsAnyExcept(0f))
            throw new InvalidOptionException("All training examples have the weight 0", "Give a class a weight above 0.", Option);
        return data.WithWeights(weights);
    }

    private static float[] Balance(ClassTargets targets)
    {
        var counts = new int[targets.Width];
        for (int i = 0; i < targets.Count; i++)
            counts[targets.LabelOf(i)]++;
        double present = counts.Count(count => count > 0);
        // A class without examples has none to weight.
        return [.. counts.Select(count => count == 0 ? 1f : (float)(targets.Count / (present * count)))];
    }
}
