using Nabla.Explain;

namespace Nabla.Report.Tests;

public class CurveTests
{
    private static readonly Dataset Data = Samples.Points(500);
    private static readonly ClassificationReport Report =
        Classifier.Train(Data, new() { Hidden = [4], Epochs = 3 }).Evaluate(Data);

    [Fact]
    public void The_area_below_a_curve_is_the_one_that_is_reported()
    {
        for (int number = 0; number < 3; number++)
        {
            var curve = RocCurve.Create(Report, number)!;
            var pairs = curve.Points.Zip(curve.Points.Skip(1)).ToArray();
            double area = pairs.Sum(pair => (pair.Second.X - pair.First.X) * (pair.First.Y + pair.Second.Y) / 2);
            Assert.Equal(Report.Classes[number].RocAuc, area, 0.01);
            Assert.Equal(curve.Area, Report.Classes[number].RocAuc);
            Assert.Equal((new CurvePoint(0, 0), new CurvePoint(1, 1)), (curve.Points[0], curve.Points[^1]));
            Assert.InRange(curve.Points.Count, 3, 242);
            Assert.All(pairs, pair => Assert.True(pair.First.X <= pair.Second.X && pair.First.Y <= pair.Second.Y));
        }
    }

    [Fact]
    public void A_class_without_examples_has_no_curve() => Assert.Null(RocCurve.Create(
        ClassificationReport.From([0, 0], [0.5, 0.5, 0.25, 0.75], ["a", "b"]), 1));

    [Fact]
    public void The_bins_of_calibration_sum_to_the_calibration_error()
    {
        var bins = CalibrationBin.Measure(Report);
        Assert.Equal(Report.Count, bins.Sum(bin => bin.Count));
        Assert.Equal(
            Report.ExpectedCalibrationError, bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / Report.Count, 1e-12);
    }

    [Fact]
    public void Each_bin_has_confidences_within_its_bounds()
    {
        var bins = CalibrationBin.Measure(Report);
        Assert.All(bins, bin => Assert.InRange(bin.Confidence, bin.Low, bin.High));
        // Bins of equal width; the upper bound belongs to the bin.
        var whole = CalibrationBin.Measure(ClassificationReport.From([0, 1], [1, 0, 0.4, 0.6], ["a", "b"]));
        Assert.Equal([(9 - 1) / 15.0, 14 / 15.0], whole.Select(bin => bin.Low));
        Assert.Equal([9 / 15.0, 1], whole.Select(bin => bin.High));
    }

    [Fact]
    public void Equal_scores_are_passed_in_one_step()
    {
        var report = ClassificationReport.From([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], ["a", "b"]);
        Assert.Equal([new(0, 0), new(1, 1)], RocCurve.Create(report, 1)!.Points);
        var better = ClassificationReport.From([0, 1, 0, 1], [0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.1, 0.9], ["a", "b"]);
        Assert.Equal([new(0, 0), new(0, 0.5), new(1, 1)], RocCurve.Create(better, 1)!.Points);
    }

    [Fact]
    public void The_worst_mistakes_come_first()
    {
        var report = ClassificationReport.From(
            [0, 1, 0, 1], [0.9, 0.1, 0.8, 0.2, 0.4, 0.6, 0.01, 0.99], ["a", "b"]);
        Assert.Equal(
            [new Mistake(1, 1, 0, 0.2, 0.8), new Mistake(2, 0, 1, 0.4, 0.6)], Mistake.FindWorst(report, 10));
        Assert.Single(Mistake.FindWorst(report, 1));
    }

    [Fact]
    public void Rows_are_spread_evenly()
    {
        Assert.Equal([0, 2, 5, 7], RowSample.Spread(10, 4));
        Assert.Equal([0, 1, 2], RowSample.Spread(3, 4));
        Assert.Empty(RowSample.Spread(0, 4));
    }
}
