namespace Nabla.Tables;

/// <summary>What a model predicts for one row of a table.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="ClassName">The most probable class; null if values are predicted.</param>
/// <param name="Values">The probability of each class, or the predicted values, by name.</param>
/// <param name="Notices">What was assumed about the row, a sentence each; usually empty.</param>
public sealed record TablePrediction(string? ClassName, IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Notices)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{(ClassName is null ? "" : $"{ClassName}: ")}{string.Join(", ", Values.Select(pair => $"{pair.Key} {pair.Value:G7}"))}");
}
