namespace Nabla;

/// <summary>
/// Keeps the predictions of a regressor. Metrics are computed from them when they are first asked for. Safe for concurrent use once all
/// predictions are added.
/// </summary>
internal sealed class RegressionDetails
{
    private readonly ValueTargets targets;
    private readonly RegressionErrors errors;
    private readonly double[] predictions; // [examples, targets]
    private readonly Lazy<IReadOnlyList<TargetMetrics>> metrics;
    private int done; // values that have been added

    /// <param name="targets">The right values.</param>
    /// <param name="errors">Their errors, which the caller collects.</param>
    public RegressionDetails(ValueTargets targets, RegressionErrors errors)
    {
        this.targets = targets;
        this.errors = errors;
        predictions = new double[targets.Values.Length];
        metrics = new(() => [.. Enumerable.Range(0, targets.Width).Select(Measure)]);
    }

    /// <summary>The metrics of each target.</summary>
    public IReadOnlyList<TargetMetrics> Targets => metrics.Value;

    /// <summary>Each example with its values and predictions.</summary>
    public IReadOnlyList<PredictedExample> Examples => new LazyList<PredictedExample>(targets.Count, i => new(
        targets.Values.Slice(i * targets.Width, targets.Width).ToArray(),
        new ArraySegment<double>(predictions, i * targets.Width, targets.Width)));

    /// <summary>Adds predictions of the next examples.</summary>
    /// <param name="values">[examples, targets].</param>
    public void Add(ReadOnlySpan<double> values)
    {
        values.CopyTo(predictions.AsSpan(done));
        done += values.Length;
    }

    private TargetMetrics Measure(int target)
    {
        var absolutes = new double[targets.Count];
        for (int i = 0; i < absolutes.Length; i++)
            absolutes[i] = double.Abs(predictions[i * targets.Width + target] - targets.Values[i * targets.Width + target]);
        Array.Sort(absolutes);
        // NaN is sorted to the front, and would look like a small error.
        bool isDefined = absolutes.Length > 0 && !double.IsNaN(absolutes[0]);
        return new TargetMetrics(
            targets.Names[target], errors.RootMeanSquare(target), errors.MeanAbsolute(target), errors.R2(target),
            isDefined ? Median(absolutes) : double.NaN, isDefined ? Quantile(absolutes, 0.9) : double.NaN);
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>A quantile, with linear interpolation between the two nearest numbers, as NumPy computes it.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return Quantiles.Interpolate(sorted[below], sorted[above], place - below);
    }
}
