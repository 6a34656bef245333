using System.Globalization;

namespace Nabla.Cli;

/// <summary>The figure by which trials are compared. <see cref="All"/> is the only list of them.</summary>
internal sealed class Measure
{
    private const string Accuracy = "accuracy", R2 = "r2";

    private readonly bool isForClasses, isForValues, isBetterIfHigher;
    private readonly string format;

    private Measure(string name, bool isForClasses, bool isForValues, bool isBetterIfHigher, string format = "0.0000")
    {
        Name = name;
        this.isForClasses = isForClasses;
        this.isForValues = isForValues;
        this.isBetterIfHigher = isBetterIfHigher;
        this.format = format;
    }

    /// <summary>All measures; those of classes first.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new(Accuracy, isForClasses: true, isForValues: false, isBetterIfHigher: true),
        new("balanced-accuracy", isForClasses: true, isForValues: false, isBetterIfHigher: true),
        new("roc-auc", isForClasses: true, isForValues: false, isBetterIfHigher: true),
        new("log-loss", isForClasses: true, isForValues: false, isBetterIfHigher: false),
        new(R2, isForClasses: false, isForValues: true, isBetterIfHigher: true),
        new("rmse", isForClasses: false, isForValues: true, isBetterIfHigher: false, "G6"),
        new("mae", isForClasses: false, isForValues: true, isBetterIfHigher: false, "G6"),
        new(LossName, isForClasses: true, isForValues: true, isBetterIfHigher: false, "G6"),
    ];

    /// <summary>The name of the loss on the held-out fold.</summary>
    public const string LossName = "loss";

    /// <summary>Its name, as in reports and JSON.</summary>
    public string Name { get; }

    /// <summary>The measure of a name; by default, the one of scikit-learn's <c>score</c>.</summary>
    /// <param name="name">Its name; null for the default.</param>
    /// <param name="targets">The targets of the data.</param>
    /// <exception cref="UsageException">It does not measure such targets.</exception>
    public static Measure For(string? name, Targets targets)
    {
        bool areClasses = targets is ClassTargets;
        name ??= areClasses ? Accuracy : R2;
        var measure = All.First(each => each.Name == name);
        if (areClasses ? measure.isForClasses : measure.isForValues)
            return measure;
        string[] others = [.. All.Where(each => areClasses ? each.isForClasses : each.isForValues).Select(each => each.Name)];
        throw new UsageException(
            $"cannot use --measure {name}", areClasses ? "the targets are classes" : "the targets are values",
            $"--measure {WordList.Or(others)}");
    }

    /// <summary>The figure in a report; not finite if it is undefined.</summary>
    public double Read(ModelReport report) =>
        Name == LossName ? report.Loss : report.AllMetrics.First(metric => metric.Name == Name).Value;

    /// <summary>Compares two figures: below 0 if the first one is better.</summary>
    public int Compare(double first, double second) => isBetterIfHigher ? second.CompareTo(first) : first.CompareTo(second);

    /// <summary>A figure as it is printed.</summary>
    public string Format(double figure) => figure.ToString(format, CultureInfo.InvariantCulture);
}
