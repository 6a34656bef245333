namespace Nabla.Explain;

/// <summary>What a model predicts on average if a column has a certain value in every row. Immutable.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Number">The value as a number, or a date as its day number; null for a category.</param>
/// <param name="Means">[outputs]: the mean probability of each class, or the mean prediction of each target.</param>
public sealed record DependencePoint(string Value, double? Number, IReadOnlyList<double> Means)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Value}: {string.Join(", ", Means)}";
}
