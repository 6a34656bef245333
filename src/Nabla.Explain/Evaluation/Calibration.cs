using System.Globalization;

namespace Nabla.Explain;

/// <summary>Predictions of similar confidence, and how many of them are right. Immutable.</summary>
/// <param name="Low">The confidences are above this number,</param>
/// <param name="High">and at most this number.</param>
/// <param name="Count">Examples.</param>
/// <param name="Confidence">Their mean confidence: the probability of the predicted class.</param>
/// <param name="Accuracy">The share of them whose predicted class is right.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double Confidence, double Accuracy)
{
    // As ClassificationReport.ExpectedCalibrationError has them.
    private const int Bins = 15;

    /// <summary>The bins that have examples, in ascending order; none if outputs are not probabilities or one is not a number.</summary>
    /// <param name="report">A report with details.</param>
    public static IReadOnlyList<CalibrationBin> Measure(ClassificationReport report)
    {
        if (!report.HasProbabilities || report.WithoutPrediction > 0)
            return [];
        var (counts, correct, confidences) = (new int[Bins], new int[Bins], new double[Bins]);
        foreach (var example in report.Examples)
        {
            double confidence = example.Scores[example.Predicted!.Value];
            int bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            counts[bin]++;
            correct[bin] += example.IsCorrect ? 1 : 0;
            confidences[bin] += confidence;
        }
        return
        [
            .. Enumerable.Range(0, Bins).Where(bin => counts[bin] > 0).Select(bin => new CalibrationBin(
                (double)bin / Bins, (bin + 1.0) / Bins, counts[bin], confidences[bin] / counts[bin],
                (double)correct[bin] / counts[bin])),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Count} predictions with confidence {Confidence:0.000}, {Accuracy:0.000} of them right");
}
