namespace Nabla.Tables;

/// <summary>How a CSV text is written, where it differs from what its first lines suggest.</summary>
/// <remarks>Immutable.</remarks>
public sealed record CsvOptions
{
    /// <summary>
    /// The character between the fields, in ASCII; null to find it in the first line: comma, semicolon, tab or vertical bar.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first line has the column names. Without them, columns are called 1, 2, 3 and so on.</summary>
    public bool HasHeader { get; init; } = true;
}
