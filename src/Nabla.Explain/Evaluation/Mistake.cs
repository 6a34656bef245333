using System.Globalization;

namespace Nabla.Explain;

/// <summary>An example whose class a classifier gets wrong. Immutable.</summary>
/// <param name="Example">Number of the example in the data, from 0.</param>
/// <param name="Label">Number of its class.</param>
/// <param name="Predicted">Number of the predicted class.</param>
/// <param name="LabelScore">The score of its class: a probability if the report has probabilities.</param>
/// <param name="PredictedScore">The score of the predicted class.</param>
public sealed record Mistake(int Example, int Label, int Predicted, double LabelScore, double PredictedScore)
{
    /// <summary>The worst mistakes first: those in which the right class has the lowest score.</summary>
    /// <param name="report">A report with details.</param>
    /// <param name="most">The most mistakes to list.</param>
    public static IReadOnlyList<Mistake> FindWorst(ClassificationReport report, int most)
    {
        var all = new List<Mistake>();
        foreach (var (number, example) in report.Examples.Index())
        {
            if (example.Predicted is { } predicted && predicted != example.Label)
                all.Add(new(number, example.Label, predicted, example.Scores[example.Label], example.Scores[predicted]));
        }
        return [.. all.OrderBy(mistake => mistake.LabelScore).ThenByDescending(mistake => mistake.PredictedScore).Take(most)];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"example {Example}: class {Label} ({LabelScore:0.0000}), predicted {Predicted} ({PredictedScore:0.0000})");
}
