namespace Nabla.Tables;

/// <summary>What a cell was found to be.</summary>
internal enum CellState
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>Missing.</summary>
    Missing,

    /// <summary>A text that the training data did not have.</summary>
    Unknown,

    /// <summary>Neither missing nor what the column holds.</summary>
    Invalid,
}
