namespace Nabla.Tables;

/// <summary>What a column of a CSV file holds. Immutable.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="IsNumeric">Whether all its values that are not missing are numbers (invariant culture: 1.5, -2e-3).</param>
/// <param name="Missing">How many values are missing: empty, NA, N/A, NaN, null or ?.</param>
/// <param name="FirstText">The first value that is not a number, and its line; null for a numeric column.</param>
public sealed record CsvColumn(string Name, bool IsNumeric, int Missing, (string Value, long Line)? FirstText)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(IsNumeric ? "numbers" : "texts")}{(Missing > 0 ? $", {Missing} missing" : "")}";
}
