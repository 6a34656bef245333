namespace Nabla.Tables;

/// <summary>Names of columns that number or identify their rows.</summary>
internal static class IdentifierName
{
    private static readonly string[] Whole = ["id", "index", "key", "row", "rownames", "rowid", "uuid", "guid", "Unnamed: 0", "no", "nr"];

    /// <summary>Whether a column of this name can be expected to identify rows: id, customer_id, CustomerID, Unnamed: 0.</summary>
    public static bool IsLikely(string name) =>
        Whole.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("-id", StringComparison.OrdinalIgnoreCase)
        || (name.Length > 2 && char.IsLower(name[^3])
            && (name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal)));
}
