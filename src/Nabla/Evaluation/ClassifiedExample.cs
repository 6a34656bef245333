using System.Globalization;

namespace Nabla;

/// <summary>An example of an evaluation: its class, and what the classifier says. Immutable.</summary>
/// <param name="Label">Number of the class to which it belongs.</param>
/// <param name="Predicted">Number of the predicted class; null if an output is not a number.</param>
/// <param name="Scores">
/// One score for each class: probabilities if <see cref="ClassificationReport.HasProbabilities"/>, else the network's outputs.
/// </param>
public sealed record ClassifiedExample(int Label, int? Predicted, IReadOnlyList<double> Scores)
{
    /// <summary>Whether the predicted class is the right one.</summary>
    public bool IsCorrect => Predicted == Label;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"class {Label}, predicted {(Predicted is { } number ? number : "no class")}");
}
