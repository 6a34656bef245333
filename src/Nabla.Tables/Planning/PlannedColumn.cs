using System.Globalization;

namespace Nabla.Tables;

/// <summary>What becomes of a column of a table, and why.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Role">Whether it is an input, a target or a weight.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Reason">Why this kind, and what is unusual: a sentence without a full stop; empty for nothing.</param>
/// <param name="Missing">Cells without a value.</param>
/// <param name="Distinct">Different texts in it; null for more than 10,000.</param>
/// <param name="Range">The least and the greatest value, or the categories; empty for an ignored column.</param>
/// <param name="Features">How many features it becomes.</param>
public sealed record PlannedColumn(
    string Name, ColumnRole Role, ColumnKind Kind, string Reason, int Missing, int? Distinct, string Range, int Features)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string what = (Role, Kind) switch
        {
            (ColumnRole.Weight, _) => "weight",
            (ColumnRole.Target, ColumnKind.Category) => "target, classes",
            (ColumnRole.Target, _) => "target, values",
            (_, ColumnKind.Ignore) => "ignored",
            _ => $"{Kind.ToString().ToLowerInvariant()}, {Features} {(Features == 1 ? "feature" : "features")}",
        };
        string distinct = Distinct is { } count ? count.ToString(CultureInfo.InvariantCulture) : $"over {ColumnProfile.MaxDistinct}";
        string[] parts =
        [
            what, Range, $"{distinct} different", Missing > 0 ? $"{Missing} missing" : "", Reason,
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }
}
