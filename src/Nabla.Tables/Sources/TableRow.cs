namespace Nabla.Tables;

/// <summary>One row of a table, valid until the next one is read.</summary>
internal abstract class TableRow
{
    /// <summary>The text of a cell in UTF-8; empty if there is no value.</summary>
    /// <param name="column">The column's position.</param>
    public abstract ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>
    /// Whether a cell was a value of a program and no text. Its text then has a decimal point, or year, month and day, whatever is usual in
    /// the column.
    /// </summary>
    /// <param name="column">The column's position.</param>
    public virtual bool IsTyped(int column) => false;

    /// <summary>Where the row is, for messages.</summary>
    public abstract RowLocation Location { get; }
}
