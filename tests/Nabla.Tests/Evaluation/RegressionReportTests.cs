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
    public void Values_whose_squares_are_too_small_for_a_number_are_as_good_as_constant()
    {
        Assert.Equal(1, RegressionReport.From([1e-200, 2e-200], [1e-200, 2e-200], ["y"]).R2);
        Assert.Equal(0, RegressionReport.From([1e-200, 2e-200], [1, 2e-200], ["y"]).R2);
        Assert.Equal(0, RegressionReport.From([0.1, 0.1, 0.1], [0.1, 0.1, 0.2], ["y"]).R2); // the rounded mean differs from 0.1
    }

    [Fact]
    public void Reports_with_the_same_figures_are_equal()
    {
        var report = new RegressionReport(1, 2, 3, 4, 5);
        Assert.Equal(report, new RegressionReport(1, 2, 3, 4, 5));
        Assert.Equal(report.GetHashCode(), new RegressionReport(1, 2, 3, 4, 5).GetHashCode());
        RegressionReport[] others =
        [
            report with { RootMeanSquaredError = 9 }, report with { MeanAbsoluteError = 9 }, report with { R2 = 9 },
            report with { Count = 9 }, report with { Loss = 9 },
        ];
        Assert.All(others, other =>
        {
            Assert.NotEqual(report, other);
            Assert.NotEqual(report.GetHashCode(), other.GetHashCode());
        });
        Assert.Equal(report with { R2 = double.NaN }, report with { R2 = double.NaN });
        Assert.False(report.Equals(null));
    }

    [Fact]
    public void Figures_print_themselves()
    {
        var report = RegressionReport.From([1, 2, 3, 5], [1, 2, 3, 4], ["y"]);
        Assert.Equal("RMSE: 0.5, MAE: 0.25, R2: 0.8857 (4 examples), Loss: 0.1250", report.ToString());
        Assert.Equal("y: RMSE 0.5, MAE 0.25, R2 0.8857", report.Targets[0].ToString());
        Assert.Equal("5, predicted 4", report.Examples[3].ToString());
        Assert.Equal("4 items", report.Examples.ToString());
        Assert.Equal(report.Metrics.Count + 2, report.AllMetrics.Count);
        var empty = RegressionReport.From([], [], ["y"]);
        Assert.EndsWith("Loss: undefined (there are no examples)", empty.ToString(), StringComparison.Ordinal);
        var infinite = RegressionReport.From([1, 2], [1, double.PositiveInfinity], ["y"]);
        Assert.EndsWith("Loss: undefined (an output is not finite)", infinite.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void There_are_as_many_examples_as_values(int place)
    {
        var examples = RegressionReport.From([1, 2, 3, 5], [1, 2, 3, 4], ["y"]).Examples;
        Assert.Throws<ArgumentOutOfRangeException>(() => examples[place]);
        Assert.Equal([1.0, 2, 3, 4], examples.Select(example => example.Predictions[0]));
        Assert.Equal([1.0, 2, 3, 5], ((System.Collections.IEnumerable)examples).Cast<PredictedExample>().Select(one => one.Targets[0]));
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
