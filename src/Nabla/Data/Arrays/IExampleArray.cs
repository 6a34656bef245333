namespace Nabla;

/// <summary>An array whose first dimension counts examples: in memory (<see cref="NumericArray"/>) or in a file
/// (<see cref="StoredArray"/>).</summary>
internal interface IExampleArray
{
    /// <summary>The type of the elements.</summary>
    ElementType ElementType { get; }

    /// <summary>Size of each dimension, e.g. [60000, 28, 28].</summary>
    IReadOnlyList<int> Shape { get; }
}
