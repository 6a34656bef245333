using System.Globalization;

namespace Nabla.Explain;

/// <summary>The ROC curve of one class against the rest. Immutable.</summary>
/// <param name="ClassIndex">Number of the class.</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Area">The area below it, as <see cref="ClassMetrics.RocAuc"/>.</param>
/// <param name="Points">
/// False and true positive rates from (0, 0) to (1, 1). Of a long curve, evenly spread points of it, always with the first and the last.
/// </param>
public sealed record RocCurve(int ClassIndex, string Name, double Area, IReadOnlyList<CurvePoint> Points)
{
    private const int MostPoints = 120;

    /// <summary>The curve of a class; null if all examples or none belong to it, or if an output is not a number.</summary>
    /// <param name="report">A report with details.</param>
    /// <param name="classIndex">Number of the class.</param>
    public static RocCurve? Create(ClassificationReport report, int classIndex)
    {
        var metrics = report.Classes[classIndex];
        if (double.IsNaN(metrics.RocAuc))
            return null;
        var ranked = report.Examples.Select(example => (Score: example.Scores[classIndex], IsPositive: example.Label == classIndex))
            .OrderByDescending(example => example.Score).ToArray();
        double positives = ranked.Count(example => example.IsPositive), negatives = ranked.Length - positives;
        var points = new List<CurvePoint> { new(0, 0) };
        int above = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            above += ranked[i].IsPositive ? 1 : 0;
            // Equal scores are passed in one step.
            if (i == ranked.Length - 1 || ranked[i + 1].Score != ranked[i].Score)
                points.Add(new((i + 1 - above) / negatives, above / positives));
        }
        return new RocCurve(classIndex, metrics.Name, metrics.RocAuc, CurvePoint.Thin(points, MostPoints));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ROC of {Name}: area {Area:0.0000}");
}
