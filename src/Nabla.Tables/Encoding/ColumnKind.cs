namespace Nabla.Tables;

/// <summary>What a column of a table holds.</summary>
public enum ColumnKind
{
    /// <summary>Numbers: one feature.</summary>
    Number,

    /// <summary>One of several texts: a feature for each (one-hot), or a single one for two texts.</summary>
    Category,

    /// <summary>Dates, with or without a time: features for year, month, day and so on.</summary>
    Date,

    /// <summary>Not used.</summary>
    Ignore,
}
