namespace Nabla.Tables;

/// <summary>Where the rows of a table come from. They can be read as often as they are needed.</summary>
internal abstract class TableSource
{
    /// <summary>What the table is called in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The column names, each once, in order.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>What was assumed about the table.</summary>
    public virtual IReadOnlyList<string> Notices => [];

    /// <summary>Whether the names stand in the table itself.</summary>
    public virtual bool HasHeader => true;

    /// <summary>What separates the fields of a text; null if it is none.</summary>
    public virtual char? Separator => null;

    /// <summary>Whether several threads can read the rows at the same time, each on its own.</summary>
    public virtual bool CanBeReadAtOnce => false;

    /// <summary>The rows in order. It may be the same object each time, with other values.</summary>
    public abstract IEnumerable<TableRow> Rows();

    /// <summary>Counts rows.</summary>
    /// <param name="rows">The number of those before.</param>
    /// <exception cref="InvalidInputException">There are too many.</exception>
    public int CountOneMore(int rows) => rows < int.MaxValue ? rows + 1 : throw Header.Error(
        $"it has more than {int.MaxValue} rows", "Use fewer rows.");

    /// <summary>The error of a table that changes while it is read.</summary>
    /// <param name="rows">The rows that it had first.</param>
    /// <param name="now">more or fewer.</param>
    public InvalidInputException Changed(int rows, string now) => Header.Error(
        $"it had {rows} rows when it was read first, and has {now} now", "Wait until it is written, and try again.");

    /// <summary>The place of the column names, for messages.</summary>
    public virtual RowLocation Header => new(Name, 0, 0);
}
