namespace Nabla.Tests;

/// <summary>Metrics of regression, beside numbers computed by hand. tests/peers/metrics.py compares them with scikit-learn.</summary>
public class RegressionReportTests
{
    [Fact]
    public void Quantiles_lie_between_the_nearest_errors()
    {
        // Absolute errors 4, 1, 2, 3.
        var report = RegressionReport.From([1, 2, 3, 4], [5, 1, 1, 7], ["y"]);
        Assert.Equal(2.5, report.MedianAbsoluteError);
        Assert.Equal(3.7, report.AbsoluteErrorQuantile90, 1e-15);
        Assert.Equal(2.5, report.MeanAbsoluteError);
        Assert.Equal(Math.Sqrt(7.5), report.RootMeanSquaredError, 1e-15);
        Assert.Equal(7.5 / 2, report.Loss, 1e-15);
        Assert.Equal(2, RegressionReport.From([1, 2, 3], [2, 4, 6], ["y"]).MedianAbsoluteError);
    }

    [Fact]
    public void Each_target_has_its_own_figures()
    {
        var report = RegressionReport.From([1, 10, 2, 20, 3, 40], [1, 11, 2, 23, 3, 40], ["a", "b"]);
        Assert.Equal(["a", "b"], report.Targets.Select(target => target.Name));
        Assert.Equal((0, 1.0), (report.Targets[0].RootMeanSquaredError, report.Targets[0].R2));
        Assert.Equal(1, report.Targets[1].MedianAbsoluteError);
        Assert.Equal(0.5, report.MedianAbsoluteError);
        Assert.Equal(report.Targets.Average(target => target.RootMeanSquaredError), report.RootMeanSquaredError);
        Assert.Equal([20, 23.0], [report.Examples[1].Targets[1], report.Examples[1].Predictions[1]]);
    }

    [Fact]
    public void What_is_undefined_says_why()
    {
        Assert.Contains(
            "R2: undefined (it needs at least two examples)", RegressionReport.From([1], [2], ["y"]).ToString(), StringComparison.Ordinal);
        Assert.Equal(1, RegressionReport.From([1], [2], ["y"]).MedianAbsoluteError);
        foreach (double wrong in (double[])[double.NaN, double.PositiveInfinity])
        {
            var report = RegressionReport.From([1, 2, 2], [1, wrong, 2], ["y"]);
            Assert.All(report.Metrics, metric => Assert.Equal("a prediction is NaN, infinite or too large", metric.WhyUndefined));
            Assert.DoesNotContain("∞", report.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(double.NaN, RegressionReport.From([1, 2, 2], [1, double.NaN, 2], ["y"]).MedianAbsoluteError);
        Assert.All(RegressionReport.From([], [], ["y"]).AllMetrics, metric => Assert.Equal("there are no examples", metric.WhyUndefined));
        // A constant target, missed by infinity.
        Assert.Equal(double.NaN, RegressionReport.From([2, 2], [1, double.NegativeInfinity], ["y"]).R2);
    }

    [Fact]
    public void Predictions_must_be_as_many_as_values() =>
        Assert.Throws<ArgumentException>(() => RegressionReport.From([1, 2], [1], ["y"]));

    [Fact]
    public void Epochs_keep_no_predictions()
    {
        var data = new Dataset(
            "line", FeatureTable.FromFloats([1, 2, 3, 4], 4, 1), new ValueTargets([1, 2, 3, 4], ["y"]));
        EpochReport? last = null;
        var model = Regressor.Train(data, new TrainingOptions { Hidden = [2], Epochs = 1 }, data, epoch => last = epoch);
        var brief = Assert.IsType<RegressionReport>(last!.Validation);
        Assert.False(brief.HasDetails);
        Assert.Throws<InvalidOperationException>(() => brief.MedianAbsoluteError);
        var report = model.Evaluate(data);
        Assert.Equal(brief, report);
        Assert.Equal(model.Predict(data.Inputs).Select(values => values[0]), report.Examples.Select(example => example.Predictions[0]));
    }
}
