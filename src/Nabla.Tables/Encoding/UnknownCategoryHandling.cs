namespace Nabla.Tables;

/// <summary>What to do with a category that the model does not know.</summary>
public enum UnknownCategoryHandling
{
    /// <summary>None of the column's features is set, as if the value were missing; a notice counts such values.</summary>
    Ignore,

    /// <summary>Refuse the table, and name the cell.</summary>
    Error,
}
