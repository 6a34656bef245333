namespace Nabla.Tables;

/// <summary>What a column of a table is used for.</summary>
public enum ColumnRole
{
    /// <summary>To predict from.</summary>
    Input,

    /// <summary>To predict.</summary>
    Target,

    /// <summary>To weigh the examples in training.</summary>
    Weight,
}
