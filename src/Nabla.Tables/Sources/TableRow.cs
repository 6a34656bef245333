namespace Nabla.Tables;

/// <summary>One row of a table, valid until the next one is read.</summary>
internal abstract class TableRow
{
    /// <summary>The text of a cell in UTF-8; empty if there is no value.</summary>
    /// <param name="column">The column's position.</param>
    public abstract ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Where the row is, for messages.</summary>
    public abstract RowLocation Location { get; }
}
