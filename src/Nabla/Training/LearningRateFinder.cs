namespace Nabla;

/// <summary>
/// A learning-rate range test: trains from the initial values with a rate that grows from step to step, and proposes a learning rate.
/// </summary>
/// <remarks>
/// Smith, "Cyclical learning rates for training neural networks" (2017), with rates that grow geometrically. Safe for concurrent use.
/// </remarks>
public static class LearningRateFinder
{
    /// <summary>The share of the previous average in each smoothed loss.</summary>
    private const double Smoothing = 0.9;

    /// <summary>The test ends when the smoothed loss is above this multiple of its minimum.</summary>
    private const double MaxGrowth = 4;

    /// <summary>Runs the test. The same data, options and seed give the same bits, with any number of threads.</summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train; the optimizer's learning rate, the schedule and the number of epochs are ignored.</param>
    /// <param name="range">Which rates to try; null for the defaults.</param>
    /// <param name="createEngine">Creates an engine for the network and its training data; null for the vectorized engine.</param>
    /// <param name="cancellationToken">Ends the test after the current step.</param>
    /// <exception cref="ArgumentException">The options contradict each other or do not suit the data, or there are no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not finite at the initial values.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    public static LearningRateReport Run(
        Dataset train, TrainingOptions options, LearningRateRange? range = null,
        Func<TrainingStart, Dataset, ITrainingEngine>? createEngine = null, CancellationToken cancellationToken = default)
    {
        float[] rates = (range ?? new LearningRateRange()).Rates(options.Optimizer);
        var start = TrainingStart.Create(train, options);
        train = TrainingStart.WithClassWeights(train, start.Options);
        var engine = createEngine?.Invoke(start, train) ?? new VectorizedEngine(start, train);
        var order = TrainingLoop.CreateOrder(train, options);
        var points = new List<LearningRatePoint>();
        var average = new MovingAverage();
        double lowest = double.PositiveInfinity;
        foreach (var (step, rate) in rates.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = MeanLoss(engine, order, step, rate);
            if (!double.IsFinite(loss))
                break;
            double smoothed = average.Add(loss);
            points.Add(new LearningRatePoint(step, rate, loss, smoothed));
            lowest = Math.Min(lowest, smoothed);
            // A loss such as poisson may be negative.
            if (smoothed - lowest > (MaxGrowth - 1) * Math.Abs(lowest))
                break;
        }
        return points.Count > 0 ? new LearningRateReport(points, points.Count < rates.Length) : throw NotFinite();
    }

    private static double MeanLoss(ITrainingEngine engine, BatchOrder order, int step, float rate)
    {
        var (epoch, batch) = Math.DivRem(step, order.BatchCount);
        if (batch == 0)
            order.Begin(epoch);
        var rows = order.Batch(batch);
        return engine.Step(rows, new StepContext(rate, epoch)) / rows.Length;
    }

    private static TrainingDivergedException NotFinite() => new(
        "no learning rate can be found", "step 0", "the loss is not finite at the initial values",
        "Try scaled inputs (standardize-per-feature), or scaled initial weights (he, xavier).");

    /// <summary>An exponential moving average, corrected for its initial bias towards 0 (Kingma and Ba 2015).</summary>
    private struct MovingAverage
    {
        private double sum, share;

        public double Add(double value)
        {
            sum = Smoothing * sum + (1 - Smoothing) * value;
            share = Smoothing * share + (1 - Smoothing);
            return sum / share;
        }
    }
}
