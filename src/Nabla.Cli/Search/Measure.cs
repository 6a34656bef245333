using System.Globalization;

namespace Nabla.Cli;

/// <summary>The figure by which trials are compared.</summary>
internal sealed class Measure
{
    /// <summary>The name of the loss on the held-out fold.</summary>
    public const string LossName = "loss";

    private const string FourPlaces = "0.0000", SixDigits = "G6";

    // The first ones are those of scikit-learn's score.
    private static readonly string[] OfClasses = ["accuracy", "balanced-accuracy", "roc-auc", "log-loss"];
    private static readonly string[] OfValues = ["r2", "rmse", "mae"];
    private static readonly string[] Errors = ["log-loss", "rmse", "mae", LossName];

    private readonly bool isError;

    private Measure(string name)
    {
        Name = name;
        isError = Errors.Contains(name);
    }

    /// <summary>The names of all measures; those of classes first.</summary>
    public static string[] Names { get; } = [.. OfClasses, .. OfValues, LossName];

    /// <summary>Its name, as in reports and JSON.</summary>
    public string Name { get; }

    /// <summary>The measure of a name; by default, the one of scikit-learn's <c>score</c>.</summary>
    /// <param name="name">Its name; null for the default.</param>
    /// <param name="targets">The targets of the data.</param>
    /// <exception cref="UsageException">It does not measure such targets.</exception>
    public static Measure For(string? name, Targets targets)
    {
        string[] names = [.. targets is ClassTargets ? OfClasses : OfValues, LossName];
        name ??= names[0];
        return names.Contains(name) ? new(name) : throw new UsageException(
            $"cannot use --measure {name}", targets is ClassTargets ? "the targets are classes" : "the targets are values",
            $"--measure {WordList.Or(names)}");
    }

    /// <summary>The figure in a report; not finite if it is undefined.</summary>
    public double Read(ModelReport report) =>
        Name == LossName ? report.Loss : report.AllMetrics.First(metric => metric.Name == Name).Value;

    /// <summary>Compares two figures: below 0 if the first one is better.</summary>
    public int Compare(double first, double second) => isError ? first.CompareTo(second) : second.CompareTo(first);

    /// <summary>A figure as it is printed.</summary>
    public string Format(double figure) =>
        figure.ToString(isError && Name != OfClasses[^1] ? SixDigits : FourPlaces, CultureInfo.InvariantCulture);
}
