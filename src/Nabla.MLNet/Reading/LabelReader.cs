using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>Reads the label of each row. Serves one pass over the data.</summary>
/// <param name="column">The label column.</param>
internal abstract class LabelReader(DataViewSchema.Column column)
{
    /// <summary>The label column.</summary>
    public DataViewSchema.Column Column => column;

    /// <summary>Prepares to read labels from the current row of a cursor.</summary>
    public abstract void Attach(DataViewRow row);

    /// <summary>Reads the label of the current row, unless it is missing.</summary>
    /// <returns>Whether the row has a label.</returns>
    /// <exception cref="InvalidInputException">The label cannot be used.</exception>
    public abstract bool TryRead();

    /// <summary>The labels that were read, in order.</summary>
    public abstract Targets ToTargets();
}
