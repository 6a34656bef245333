using Nabla.Kernels;

namespace Nabla;

/// <summary>How good predicted probabilities are. Sums run over the examples in order. Immutable.</summary>
internal sealed class ProbabilityMetrics
{
    private const int Bins = 15;

    // The distance from 1 to the next double: scikit-learn's limit for doubles.
    private const double Least = 1.0 / (1L << 52);

    private readonly double logLoss, brierScore, calibrationError;
    private readonly string? whyUndefined;

    public ProbabilityMetrics(ClassScores scores)
    {
        whyUndefined = scores.WhyNoProbabilities ?? scores.WhyNoScores;
        if (whyUndefined is not null)
            return;
        for (int i = 0; i < scores.Count; i++)
        {
            var row = scores.Row(i);
            logLoss -= DoubleLogarithm.Of(double.Clamp(row[scores.Labels[i]], Least, 1 - Least)) / scores.Count;
            brierScore += SquaredDistance(row, scores.Labels[i]) / scores.Count;
        }
        calibrationError = CalibrationError(scores);
    }

    /// <summary>The mean of -ln p, where p is the probability of the right class, limited to the range from 2^-52 to 1 - 2^-52.</summary>
    public Figure LogLoss => Of(logLoss);

    /// <summary>Two classes: the mean of (p - y)^2, where y is 1 for the second class. More: the mean of its sum over classes.</summary>
    public Figure BrierScore => Of(brierScore);

    /// <summary>
    /// The mean distance between confidence and accuracy over <see cref="Bins"/> bins of equal width, weighted by their examples. The
    /// confidence is the probability of the predicted class. A bin includes its upper end.
    /// </summary>
    /// <remarks>C. Guo et al., "On calibration of modern neural networks", 2017.</remarks>
    public Figure CalibrationErrorOfPredictions => Of(calibrationError);

    private static double SquaredDistance(ReadOnlySpan<double> row, int label)
    {
        double sum = 0;
        for (int i = row.Length == 2 ? 1 : 0; i < row.Length; i++)
        {
            double distance = row[i] - (i == label ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }

    private static double CalibrationError(ClassScores scores)
    {
        var excess = new double[Bins]; // the sum of confidence less the number of correct predictions
        for (int i = 0; i < scores.Count; i++)
        {
            int prediction = scores.Predictions[i];
            double confidence = scores.Row(i)[prediction];
            int bin = Math.Clamp((int)double.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            excess[bin] += confidence - (prediction == scores.Labels[i] ? 1 : 0);
        }
        return excess.Sum(double.Abs) / scores.Count;
    }

    private Figure Of(double value) => whyUndefined is null ? new(value) : Figure.Undefined(whyUndefined);
}
