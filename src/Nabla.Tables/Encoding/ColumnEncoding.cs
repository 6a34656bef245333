namespace Nabla.Tables;

/// <summary>How the cells of one column become features.</summary>
/// <remarks>Immutable, and so safe for concurrent use.</remarks>
public abstract class ColumnEncoding
{
    private protected ColumnEncoding(string name, IReadOnlyList<string> featureNames)
    {
        Name = name;
        FeatureNames = featureNames;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The features' names, such as <c>age</c>, <c>colour=red</c> or <c>day.year</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How many features the column becomes.</summary>
    public int Width => FeatureNames.Count;

    /// <summary>What the column holds.</summary>
    public abstract ColumnKind Kind { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {Kind.ToString().ToLowerInvariant()}, {Width} {(Width == 1 ? "feature" : "features")}";

    /// <summary>How many of the features are numbers; they come first. The others are -1, 0 or 1.</summary>
    internal abstract int Numbers { get; }

    /// <summary>Writes the features of a cell.</summary>
    /// <param name="cell">Its text in UTF-8.</param>
    /// <param name="isTyped">Whether it was a value of a program (<see cref="TableRow.IsTyped"/>).</param>
    /// <param name="markers">What stands for a missing value.</param>
    /// <param name="features">[width], all zero.</param>
    internal abstract CellState Encode(ReadOnlySpan<byte> cell, bool isTyped, MissingMarkers markers, Span<float> features);

    /// <summary>The same encoding with other values for missing cells.</summary>
    /// <param name="fill">A value for each number.</param>
    internal abstract ColumnEncoding WithFill(ReadOnlySpan<float> fill);
}
