namespace Nabla;

/// <summary>Collects the errors of predictions, example after example, in double precision and in the order of the examples.</summary>
/// <param name="targets">The right values.</param>
internal sealed class RegressionErrors(ValueTargets targets)
{
    private readonly double[] squares = new double[targets.Width];   // of the errors of each target
    private readonly double[] absolutes = new double[targets.Width]; // of the errors of each target
    private int done;                                                // values that have been compared

    /// <summary>Compares predictions of the next examples.</summary>
    /// <param name="predictions">[examples, targets].</param>
    public void Add(ReadOnlySpan<double> predictions)
    {
        var values = targets.Values.Slice(done, predictions.Length);
        for (int i = 0; i < predictions.Length; i++)
        {
            double error = predictions[i] - values[i];
            squares[i % squares.Length] += error * error;
            absolutes[i % squares.Length] += double.Abs(error);
        }
        done += predictions.Length;
    }

    /// <summary>The figures.</summary>
    /// <param name="loss">Mean loss of the examples.</param>
    /// <param name="details">The predictions; null if they are not kept.</param>
    public RegressionReport Report(double loss, RegressionDetails? details = null)
    {
        var all = Enumerable.Range(0, targets.Width);
        return new RegressionReport(
            all.Average(RootMeanSquare), all.Average(MeanAbsolute), all.Average(R2), targets.Count, loss, details);
    }

    /// <summary>Root of the mean squared error of a target.</summary>
    public double RootMeanSquare(int target) => double.Sqrt(squares[target] / targets.Count);

    /// <summary>Mean absolute error of a target.</summary>
    public double MeanAbsolute(int target) => absolutes[target] / targets.Count;

    /// <summary>Coefficient of determination of a target.</summary>
    public double R2(int target)
    {
        if (targets.Count < 2)
            return double.NaN;
        double mean = 0, deviations = 0;
        var values = targets.Values;
        for (int i = target; i < values.Length; i += targets.Width)
            mean += values[i] / targets.Count;
        for (int i = target; i < values.Length; i += targets.Width)
            deviations += (values[i] - mean) * (values[i] - mean);
        // Rounding of the mean may give equal values a deviation.
        if (deviations > 0 && !targets.IsConstant(target))
            return 1 - squares[target] / deviations;
        return squares[target] == 0 ? 1 : double.IsFinite(squares[target]) ? 0 : double.NaN;
    }
}
