namespace Nabla.Tables;

/// <summary>How one column of a table becomes features: a number as it is, a text as one feature per known category (one-hot).</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Name">The column's name in the header.</param>
/// <param name="Categories">The known texts, sorted by code point, feature by feature; null for a column of numbers.</param>
public sealed record ColumnEncoding(string Name, IReadOnlyList<string>? Categories)
{
    /// <summary>How many features the column becomes.</summary>
    public int Width => Categories?.Count ?? 1;

    /// <summary>The features' names: the column's, or <c>column=category</c>.</summary>
    public IEnumerable<string> FeatureNames => Categories is null ? [Name] : Categories.Select(category => $"{Name}={category}");

    /// <inheritdoc/>
    public override string ToString() => Categories is null ? $"{Name}: number" : $"{Name}: one of {Categories.Count}";
}
