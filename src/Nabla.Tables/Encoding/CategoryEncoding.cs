using System.Text;

namespace Nabla.Tables;

/// <summary>
/// A column of texts: a feature for each that is 1 where the cell has it (one-hot); for two texts a single feature, -1 or 1. A missing or
/// unknown text makes all of them 0.
/// </summary>
/// <inheritdoc/>
public sealed class CategoryEncoding : ColumnEncoding
{
    /// <summary>The most categories that become features when a table is planned: the most frequent ones.</summary>
    internal const int MostCategories = 255;

    private readonly Dictionary<string, int> positions;

    /// <summary>Creates an encoding.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="categories">The known texts, at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one occurs twice.</exception>
    public CategoryEncoding(string name, IReadOnlyList<string> categories)
        : base(name, categories.Count == 2 ? [$"{name}={categories[1]}"] : [.. categories.Select(category => $"{name}={category}")])
    {
        if (categories.Count == 0)
            throw new ArgumentException($"The column {name} has no category.", nameof(categories));
        Categories = [.. categories];
        positions = UniqueNames.Number(categories, $"category of {name}", nameof(categories));
    }

    /// <summary>The known texts, feature by feature.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>What a message calls them. Of a column with too many texts, only the most frequent are known.</summary>
    internal string Known => Categories.Count == MostCategories
        ? $"the {MostCategories} categories that the model knows"
        : "the categories of the training data";

    /// <inheritdoc/>
    public override ColumnKind Kind => ColumnKind.Category;

    internal override int Numbers => 0;

    internal override CellState Encode(ReadOnlySpan<byte> cell, bool isTyped, MissingMarkers markers, Span<float> features)
    {
        Span<char> text = cell.Length <= 256 ? stackalloc char[256] : new char[cell.Length];
        int length = Encoding.UTF8.GetChars(cell, text);
        if (!positions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out int position)
            && !(isTyped && TryFind(text[..length].ToString(), out position)))
        {
            return markers.Contain(cell) ? CellState.Missing : CellState.Unknown;
        }
        if (Categories.Count == 2)
            features[0] = position == 0 ? -1 : 1;
        else
            features[position] = 1;
        return CellState.Value;
    }

    internal override CategoryEncoding WithFill(ReadOnlySpan<float> fill) => this;

    /// <summary>
    /// Finds the only category that is the same number, or the same word but for case: a program has 1 and True, a file 1.0 and true.
    /// </summary>
    private bool TryFind(string value, out int position)
    {
        bool isNumber = ClassName.TryParse(value, out double number);
        bool IsSame(string category) => isNumber
            ? ClassName.TryParse(category, out double other) && other == number
            : category.Equals(value, StringComparison.OrdinalIgnoreCase);
        var found = Categories.Where(IsSame).Take(2).ToList();
        position = found.Count == 1 ? positions[found[0]] : -1;
        return position >= 0;
    }
}
