namespace Nabla.Tables;

/// <summary>What to do with a cell of a column of numbers or dates that is neither.</summary>
public enum InvalidCellHandling
{
    /// <summary>Refuse the table, and name the cells.</summary>
    Error,

    /// <summary>Treat them as missing values.</summary>
    Missing,
}
