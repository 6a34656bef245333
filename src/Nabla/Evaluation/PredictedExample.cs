using System.Globalization;

namespace Nabla;

/// <summary>An example of an evaluation: its values, and those that the regressor predicts, in the same units. Immutable.</summary>
/// <param name="Targets">The right values, [targets].</param>
/// <param name="Predictions">The predicted values, [targets].</param>
public sealed record PredictedExample(IReadOnlyList<double> Targets, IReadOnlyList<double> Predictions)
{
    /// <inheritdoc/>
    public override string ToString() => $"{List(Targets)}, predicted {List(Predictions)}";

    private static string List(IEnumerable<double> values) =>
        string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
