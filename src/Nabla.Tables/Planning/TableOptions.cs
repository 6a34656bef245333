namespace Nabla.Tables;

/// <summary>What to predict from a table, and how to read its columns where the automatic choice does not fit.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TableOptions
{
    /// <summary>The columns to predict, at least one; several are values.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Whether the targets are classes or values.</summary>
    public TargetKind TargetKind { get; init; }

    /// <summary>The kinds of columns by name; those of other columns are found in the data.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>The input columns; null for all that are not targets.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>The texts that stand for a missing value, besides an empty cell; null for the usual ones.</summary>
    public IReadOnlyList<string>? MissingMarkers { get; init; }

    /// <summary>What to do with a cell of a column of numbers or dates that is neither.</summary>
    public InvalidCellHandling InvalidCells { get; init; }

    /// <summary>A column with the weight of each example, which is not an input; null for equal weights.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>
    /// Whether the encoded inputs go to a temporary file, and are read when they are needed, for tables larger than memory. Changes no
    /// result. The file is in /var/tmp, or in the folder that TMPDIR names (Windows: TMP).
    /// </summary>
    public bool OnDisk { get; init; }
}
