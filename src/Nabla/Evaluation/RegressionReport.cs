namespace Nabla;

/// <summary>
/// How well a regressor does on data whose values are known. With several targets, each figure is the mean over targets of the figure of
/// each. Definitions are scikit-learn's, and docs/metrics.md lists them. Weights of examples count in the loss alone.
/// </summary>
/// <remarks>
/// Immutable and safe for concurrent use. Reports of epochs have no more than the constructor's arguments (<see cref="HasDetails"/>):
/// properties that need more then throw <see cref="InvalidOperationException"/>. Reports are equal if these arguments are.
/// </remarks>
/// <param name="RootMeanSquaredError">Root of the mean squared error, in the units of the target; not a number without examples.</param>
/// <param name="MeanAbsoluteError">Mean absolute error, in the units of the target; not a number without examples.</param>
/// <param name="R2">
/// Coefficient of determination: 1 - (sum of squared errors) / (sum of squared deviations from the mean of these data). 1 is perfect, 0 as
/// good as the mean. If the values are all the same, 1 without any error, else 0; not a number with fewer than two examples.
/// </param>
/// <param name="Count">Examples.</param>
/// <param name="Loss">
/// Mean loss over the examples, of standardized targets and without weight decay; not a number without examples.
/// </param>
public sealed record RegressionReport(double RootMeanSquaredError, double MeanAbsoluteError, double R2, int Count, double Loss)
    : ModelReport(Count, Loss)
{
    private const string Digits = "G6";

    private readonly RegressionDetails? details;

    internal RegressionReport(
        double rootMeanSquaredError, double meanAbsoluteError, double r2, int count, double loss, RegressionDetails? details)
        : this(rootMeanSquaredError, meanAbsoluteError, r2, count, loss) => this.details = details;

    /// <summary>Median of the absolute errors, in the units of the target; not a number without examples.</summary>
    public double MedianAbsoluteError => Targets.Average(target => target.MedianAbsoluteError);

    /// <summary>
    /// The absolute error that 90 % of the errors do not exceed, in the units of the target: the quantile 0.9, interpolated linearly; not a
    /// number without examples.
    /// </summary>
    public double AbsoluteErrorQuantile90 => Targets.Average(target => target.AbsoluteErrorQuantile90);

    /// <summary>The metrics of each target.</summary>
    public IReadOnlyList<TargetMetrics> Targets => Details.Targets;

    /// <summary>Each example with its values and predictions, in the order of the data.</summary>
    public IReadOnlyList<PredictedExample> Examples => Details.Examples;

    /// <inheritdoc/>
    public override bool HasDetails => details is not null;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
    [
        Create("rmse", "RMSE", RootMeanSquaredError), Create("mae", "MAE", MeanAbsoluteError),
        new("r2", "R2", R2, "0.0###") { WhyUndefined = Count == 1 ? "it needs at least two examples" : WhyUndefined(R2) },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> AllMetrics => details is null ? Metrics :
    [
        .. Metrics,
        Create("median-absolute-error", "Median absolute error", MedianAbsoluteError),
        Create("absolute-error-quantile-90", "90 % quantile of the absolute error", AbsoluteErrorQuantile90),
    ];

    private RegressionDetails Details => Require(details);

    /// <summary>Measures predictions that were computed elsewhere. The loss is the quadratic loss.</summary>
    /// <param name="targets">The right values, [examples, targets].</param>
    /// <param name="predictions">The predicted values, [examples, targets], in the same units.</param>
    /// <param name="targetNames">The name of each target: at least one, all different.</param>
    /// <exception cref="ArgumentException">
    /// A right value is not finite or outside the range of a float, predictions are missing, or names are repeated.
    /// </exception>
    public static RegressionReport From(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, IReadOnlyList<string> targetNames)
    {
        var values = new ValueTargets(targets, targetNames);
        if (predictions.Length != targets.Length)
            throw new ArgumentException($"{targets.Length} values have {predictions.Length} predictions.", nameof(predictions));
        var errors = new RegressionErrors(values);
        var details = new RegressionDetails(values, errors);
        errors.Add(predictions);
        details.Add(predictions);
        double loss = Enumerable.Range(0, values.Width).Sum(target => errors.RootMeanSquare(target) * errors.RootMeanSquare(target) / 2);
        return errors.Report(loss, details);
    }

    /// <summary>Whether the constructor's arguments are the same.</summary>
    public bool Equals(RegressionReport? other) => base.Equals(other)
        && RootMeanSquaredError.Equals(other.RootMeanSquaredError)
        && MeanAbsoluteError.Equals(other.MeanAbsoluteError)
        && R2.Equals(other.R2);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), RootMeanSquaredError, MeanAbsoluteError, R2);

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Metrics)} ({Count} examples), {LossText}";

    private Metric Create(string name, string title, double value) =>
        new(name, title, value, Digits) { WhyUndefined = WhyUndefined(value) };

    private string? WhyUndefined(double value) =>
        double.IsFinite(value) ? null : Count == 0 ? NoExamples : "a prediction is NaN, infinite or too large";
}
