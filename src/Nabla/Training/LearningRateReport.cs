namespace Nabla;

/// <summary>The result of a learning-rate range test, and the rate that it proposes. Immutable.</summary>
public sealed class LearningRateReport
{
    // A smaller decrease of the smoothed loss may be due to chance.
    private const double LeastFall = 0.1;

    // The first smoothed losses are averages of only a few batches, and their rates are tiny.
    private const int WarmUp = 10;

    // At its minimum, the smoothed loss is about to rise: the rate there is too large.
    private const float TooLargeBy = 10f;

    internal LearningRateReport(IReadOnlyList<LearningRatePoint> points, bool stoppedEarly)
    {
        Points = points;
        StoppedEarly = stoppedEarly;
        int lowest = points.Index().MinBy(point => point.Item.SmoothedLoss).Index;
        double atFirst = points.Take(WarmUp).Average(point => point.Loss);
        if (lowest <= WarmUp || !(atFirst - points[lowest].SmoothedLoss > LeastFall * Math.Abs(atFirst)))
            return;
        Steepest = points[Enumerable.Range(WarmUp, lowest - WarmUp).MinBy(Slope)].LearningRate;
        TenthOfLowest = points[lowest].LearningRate / TooLargeBy;
    }

    /// <summary>The steps, in order; at least one.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>Whether the test ended before its last step because the loss grew too much or was no longer finite.</summary>
    public bool StoppedEarly { get; }

    /// <summary>The proposed learning rate: <see cref="Steepest"/>; null if the loss hardly falls.</summary>
    public float? Proposal => Steepest;

    /// <summary>
    /// The rate at which the smoothed loss falls most steeply against the logarithm of the rate, measured over a tenth of the steps before
    /// it and a tenth after it; null if the loss hardly falls.
    /// </summary>
    public float? Steepest { get; }

    /// <summary>Another rule of thumb: a tenth of the rate at which the smoothed loss is lowest; null if the loss hardly falls.</summary>
    public float? TenthOfLowest { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Points.Count} steps, {(Proposal is { } rate ? $"proposed learning rate {rate}" : "no proposal")}";

    // The rates are a geometric sequence, so that equal numbers of steps have the same width in the logarithm. A narrow window would find
    // noise: the losses of single batches.
    private double Slope(int step)
    {
        int reach = Math.Max(1, Points.Count / 10);
        int before = Math.Max(0, step - reach), after = Math.Min(Points.Count - 1, step + reach);
        return (Points[after].SmoothedLoss - Points[before].SmoothedLoss) / (after - before);
    }
}
