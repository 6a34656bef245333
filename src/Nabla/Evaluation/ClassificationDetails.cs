namespace Nabla;

/// <summary>The metrics of classification, computed from the kept outputs when they are first asked for. Safe for concurrent use.</summary>
internal sealed class ClassificationDetails
{
    private readonly Lazy<ClassCounts> counts;
    private readonly Lazy<ConfusionMatrix> confusions;
    private readonly Lazy<ClassRankings> rankings;
    private readonly Lazy<ProbabilityMetrics> probabilities;
    private readonly Lazy<IReadOnlyList<ClassMetrics>> classes;

    public ClassificationDetails(ClassScores scores)
    {
        Scores = scores;
        counts = new(() => new ClassCounts(scores));
        confusions = new(() => new ConfusionMatrix(scores));
        rankings = new(() => new ClassRankings(scores));
        probabilities = new(() => new ProbabilityMetrics(scores));
        classes = new(() =>
        [
            .. scores.Names.Select((name, number) => new ClassMetrics(
                name, Counts.Precision(number), Counts.Recall(number), Counts.F1(number), Counts.Support(number), Counts.Predicted(number),
                Rankings.RocAucOf(number), Rankings.AveragePrecisionOf(number))),
        ]);
    }

    public ClassScores Scores { get; }

    public ClassCounts Counts => counts.Value;

    public ConfusionMatrix Confusions => confusions.Value;

    public ClassRankings Rankings => rankings.Value;

    public ProbabilityMetrics Probabilities => probabilities.Value;

    public IReadOnlyList<ClassMetrics> Classes => classes.Value;

    public IReadOnlyList<ClassifiedExample> Examples => new LazyList<ClassifiedExample>(Scores.Count, i => new(
        Scores.Labels[i], Scores.Predictions[i] == ClassScores.NoClass ? null : Scores.Predictions[i], Scores.List(i)));

    /// <summary>The figures for all classes together.</summary>
    public IReadOnlyList<Metric> Metrics =>
    [
        Counts.BalancedAccuracy.Named("balanced-accuracy", $"Balanced accuracy{Over(Counts.Occurring, always: false)}"),
        Probabilities.LogLoss.Named("log-loss", "Log loss"),
        Probabilities.BrierScore.Named("brier-score", "Brier score"),
        Probabilities.CalibrationErrorOfPredictions.Named("expected-calibration-error", "Expected calibration error"),
        Rankings.RocAuc.Named("roc-auc", $"ROC AUC{Over(Rankings.ClassesWithRocAuc, always: true)}"),
        Rankings.AveragePrecision.Named("average-precision", $"Average precision{Over(Counts.Occurring, always: true)}"),
    ];

    /// <summary>What the mean of a metric is taken over, for its title.</summary>
    private string Over(int classes, bool always) => Scores.Classes switch
    {
        <= 2 => "",
        _ when classes == 0 => "",
        int all when classes < all => $" (mean over {classes} of {all} classes)",
        _ => always ? " (mean over classes)" : "",
    };
}
