namespace Nabla;

/// <summary>
/// How well a classifier does on labelled data. Definitions are scikit-learn's, and docs/metrics.md lists them. Weights of examples count
/// in the loss alone.
/// </summary>
/// <remarks>
/// Immutable and safe for concurrent use. Metrics other than the accuracy are computed when they are first asked for. Reports of epochs do
/// not have them (<see cref="HasDetails"/>): properties that need them then throw <see cref="InvalidOperationException"/>. Reports are
/// equal if their constructor's arguments are.
/// </remarks>
/// <param name="Correct">Examples whose class was the strongest output.</param>
/// <param name="Count">Examples.</param>
/// <param name="Loss">Mean loss over the examples, without weight decay; not a number without examples.</param>
public sealed record ClassificationReport(int Correct, int Count, double Loss) : ModelReport(Count, Loss)
{
    private const double SumTolerance = 1e-4;

    private readonly ClassificationDetails? details;

    internal ClassificationReport(ClassificationDetails details, int correct, double loss)
        : this(correct, details.Scores.Count, loss) => this.details = details;

    /// <summary>Share of examples that were right, from 0 to 1; not a number without examples.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>Mean recall of the classes that occur in the data, from 0 to 1; not a number without examples.</summary>
    public double BalancedAccuracy => Details.Counts.BalancedAccuracy.Value;

    /// <summary>
    /// Mean precision, recall and F1 of the classes that occur in the data or among the predictions, each class with the same weight.
    /// </summary>
    public ClassAverages Macro => Details.Counts.Macro;

    /// <summary>Mean precision, recall and F1, each class weighted by its number of examples.</summary>
    public ClassAverages Weighted => Details.Counts.Weighted;

    /// <summary>
    /// Mean of -ln p, where p is the probability of an example's class, limited to the range from 2^-52 to 1 - 2^-52. Not a number without
    /// examples, without probabilities, or if an output is not a number.
    /// </summary>
    public double LogLoss => Details.Probabilities.LogLoss.Value;

    /// <summary>
    /// With two classes, the mean of (p - y)^2, where p is the probability of the second class, and y is 1 for its examples and 0 for
    /// others, from 0 to 1. With more, the mean over examples of the sum over classes, from 0 to 2. Not a number where
    /// <see cref="LogLoss"/> is not.
    /// </summary>
    public double BrierScore => Details.Probabilities.BrierScore.Value;

    /// <summary>
    /// How far the probabilities of predicted classes are from the accuracy, from 0 to 1: the mean over 15 bins of equal width, weighted by
    /// their examples, of |mean probability - accuracy|. A bin includes its upper end. Not a number where <see cref="LogLoss"/> is not.
    /// </summary>
    /// <remarks>C. Guo et al., "On calibration of modern neural networks", 2017.</remarks>
    public double ExpectedCalibrationError => Details.Probabilities.CalibrationErrorOfPredictions.Value;

    /// <summary>
    /// Area under the ROC curve of the second of two classes; with more classes, the mean of <see cref="ClassMetrics.RocAuc"/> over those
    /// for which it is defined. Not a number if all examples belong to one class, or if an output is not a number.
    /// </summary>
    public double RocAuc => Details.Rankings.RocAuc.Value;

    /// <summary>
    /// Average precision of the second of two classes; with more classes, the mean of <see cref="ClassMetrics.AveragePrecision"/> over
    /// those for which it is defined. Not a number if the second of two classes does not occur, or if an output is not a number.
    /// </summary>
    public double AveragePrecision => Details.Rankings.AveragePrecision.Value;

    /// <summary>The metrics of each class of the model, also of classes that do not occur in the data.</summary>
    public IReadOnlyList<ClassMetrics> Classes => Details.Classes;

    /// <summary>
    /// How many examples of each class are predicted as each class. Examples of <see cref="WithoutPrediction"/> are not counted.
    /// </summary>
    public ConfusionMatrix ConfusionMatrix => Details.Confusions;

    /// <summary>Number of examples with an output that is not a number. They are predicted as no class, and so not correctly.</summary>
    public int WithoutPrediction => Details.Scores.WithoutPrediction;

    /// <summary>
    /// Whether <see cref="ClassifiedExample.Scores"/> are probabilities: outputs of softmax and sigmoid, divided by their sum in double
    /// precision. Outputs of other activations are scores as they are, which rank examples, but are not probabilities.
    /// </summary>
    public bool HasProbabilities => Details.Scores.WhyNoProbabilities is null;

    /// <summary>Each example with its class, prediction and scores, in the order of the data.</summary>
    public IReadOnlyList<ClassifiedExample> Examples => Details.Examples;

    /// <inheritdoc/>
    public override bool HasDetails => details is not null;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
        [new("accuracy", "Accuracy", Accuracy, "0.0###") { WhyUndefined = Count == 0 ? NoExamples : null }];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> AllMetrics => details is null ? Metrics : [.. Metrics, .. details.Metrics];

    private ClassificationDetails Details => Require(details);

    /// <summary>Measures probabilities that were computed elsewhere. The loss is the log loss.</summary>
    /// <param name="labels">The class number of each example, [examples].</param>
    /// <param name="probabilities">
    /// [examples, classes], each from 0 to 1. Those of an example add up to 1, except for rounding. They are used as they are.
    /// </param>
    /// <param name="classNames">The name of each class: at least one, all different.</param>
    /// <exception cref="ArgumentException">A label is not a class, probabilities are missing or wrong, or names are repeated.</exception>
    public static ClassificationReport From(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, IReadOnlyList<string> classNames)
    {
        var targets = new ClassTargets(labels, classNames);
        if (probabilities.Length != (long)targets.Count * targets.Width)
        {
            throw new ArgumentException(
                $"{targets.Count} examples of {targets.Width} classes have {probabilities.Length} probabilities.", nameof(probabilities));
        }
        for (int i = 0; i < targets.Count; i++)
            RequireProbabilities(probabilities.Slice(i * targets.Width, targets.Width), i);
        var scores = new ClassScores(targets);
        scores.Add(probabilities);
        var report = scores.Report(double.NaN);
        return report with { Loss = report.LogLoss };
    }

    /// <summary>Whether the counts and the loss are the same.</summary>
    public bool Equals(ClassificationReport? other) => base.Equals(other) && Correct == other.Correct;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Correct);

    /// <inheritdoc/>
    public override string ToString() => $"{Metrics[0]} ({Correct} of {Count}), {LossText}";

    private static void RequireProbabilities(ReadOnlySpan<double> probabilities, int example)
    {
        double sum = 0;
        foreach (double probability in probabilities)
        {
            if (!(probability is >= 0 and <= 1))
                throw new ArgumentException($"A probability of example {example} is {probability}.", nameof(probabilities));
            sum += probability;
        }
        if (Math.Abs(sum - 1) > SumTolerance)
            throw new ArgumentException($"The probabilities of example {example} add up to {sum}, not 1.", nameof(probabilities));
    }
}
