using System.Globalization;

namespace Nabla.Explain;

/// <summary>How much worse a model predicts without knowing one column. Immutable.</summary>
/// <param name="Column">Position of the column in the encoding, from 0.</param>
/// <param name="Name">Name of the column.</param>
/// <param name="Drop">
/// By how much the metric gets worse if the column's values are shuffled among the rows: the mean over the repetitions. Accuracy lost, or
/// RMSE gained. Near 0, or below by chance, for a column that does not matter.
/// </param>
/// <param name="StandardDeviation">Standard deviation of the drop over the repetitions.</param>
/// <param name="LossRise">By how much the loss rises, the mean over the repetitions.</param>
public sealed record ColumnImportance(int Column, string Name, double Drop, double StandardDeviation, double LossRise)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {Drop:G4} ± {StandardDeviation:G2}");
}
