using System.Globalization;

namespace Nabla.Cli;

/// <summary>Predicts with a model of any task, and formats the predictions.</summary>
internal static class PredictionView
{
    /// <summary>Predicts the examples of a file, and names the file in errors.</summary>
    public static IReadOnlyList<FormattedPrediction> Predict(this PredictionInput input, Model model)
    {
        try
        {
            return Predict(model, input.Features);
        }
        catch (InvalidInputException error) when (!error.What.Contains(input.Name, StringComparison.Ordinal))
        {
            throw new InvalidInputException($"{error.What} from {input.Name}", error.Where, error.Why, error.Remedy, error);
        }
    }

    private static IReadOnlyList<FormattedPrediction> Predict(Model model, FeatureTable features) => model switch
    {
        Classifier classifier => [.. classifier.Predict(features).Select(prediction => Show(prediction, classifier.ClassNames))],
        Regressor regressor => [.. regressor.Predict(features).Select(values => Show(values, regressor.TargetNames))],
        _ => throw new InvalidOperationException($"Predictions of {model.Task} cannot be printed."),
    };

    private static FormattedPrediction Show(Prediction prediction, IReadOnlyList<string> classNames) => new(
        string.Create(CultureInfo.InvariantCulture, $"{prediction.ClassName} ({prediction.Score:0.0000})"),
        line => line
            .Text("label", prediction.ClassName)
            .Number("class", prediction.ClassIndex)
            .Number("probability", prediction.Score)
            .Object("scores", scores =>
            {
                for (int i = 0; i < prediction.Scores.Count; i++)
                    scores.Number(classNames[i], prediction.Scores[i]);
            }),
        csv => [csv.Field(prediction.ClassName), .. prediction.Scores.Select(csv.Field)]);

    private static FormattedPrediction Show(double[] values, IReadOnlyList<string> names) => new(
        values.Length == 1 ? Text(values[0]) : string.Join(", ", names.Zip(values, (name, value) => $"{name} {Text(value)}")),
        line => line.Object("values", fields =>
        {
            for (int i = 0; i < values.Length; i++)
                fields.Number(names[i], (double?)values[i]);
        }),
        csv => values.Select(csv.Field));

    // A network computes in floats, which have seven significant digits.
    private static string Text(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
