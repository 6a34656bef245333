using System.Globalization;

namespace Nabla.Tables;

/// <summary>What was decided about a column.</summary>
/// <param name="Profile">What its cells look like.</param>
/// <param name="Role">What it is used for; null if the user left it out.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Reason">Why; empty if there is nothing to say.</param>
internal sealed record ColumnDecision(ColumnProfile Profile, ColumnRole? Role, ColumnKind Kind, string Reason = "")
{
    public string Name => Profile.Name;

    /// <summary>How an input becomes features; null if it does not.</summary>
    public ColumnEncoding? Encoding { get; init; }

    /// <summary>The classes of a target; null for values.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>How numbers are written.</summary>
    public NumberFormat NumberFormat { get; init; }

    /// <summary>How dates are written.</summary>
    public DateOrder DateOrder { get; init; }

    /// <summary>Whether the reason should be told without being asked for.</summary>
    public bool IsNotable { get; init; }

    /// <summary>Cells without a value.</summary>
    public int Missing => Kind is ColumnKind.Number or ColumnKind.Date ? Profile.MissingAmongNumbers : Profile.Missing;

    /// <summary>The column for a user.</summary>
    public PlannedColumn Describe() => new(
        Name, Role ?? ColumnRole.Input, Role is null ? ColumnKind.Ignore : Kind, Reason, Missing, Profile.Counts?.Count, Range(),
        Encoding?.Width ?? 0);

    private string Range()
    {
        switch (Kind)
        {
            case ColumnKind.Number when Profile.As(NumberFormat).Values is { Count: > 0 } values:
                return string.Create(CultureInfo.InvariantCulture, $"{values.Least} to {values.Most}");
            case ColumnKind.Date when Profile.As(DateOrder).Values is { Count: > 0 } values:
                return $"{DateOf(values.Least)} to {DateOf(values.Most)}";
            case ColumnKind.Category when (Classes ?? (Encoding as CategoryEncoding)?.Categories) is { } names:
                return string.Join(", ", names.Take(3).Select(RowLocation.Quote)) + (names.Count > 3 ? ", …" : "");
            default:
                return "";
        }
    }

    private static string DateOf(double ticks) => new DateTime((long)ticks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
