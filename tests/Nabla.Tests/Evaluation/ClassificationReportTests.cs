namespace Nabla.Tests;

/// <summary>Metrics of classification, beside numbers computed by hand. tests/peers/metrics.py compares them with scikit-learn.</summary>
public class ClassificationReportTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    // Labels and predictions of three classes: a is confused with b once, b with c once.
    private static readonly ClassificationReport Three = ClassificationReport.From(
        [0, 0, 0, 1, 1, 2],
        [
            0.8, 0.1, 0.1,
            0.6, 0.2, 0.2,
            0.3, 0.5, 0.2,
            0.1, 0.8, 0.1,
            0.2, 0.3, 0.5,
            0.1, 0.1, 0.8,
        ],
        Names);

    [Fact]
    public void Classes_are_counted()
    {
        Assert.Equal((4, 6), (Three.Correct, Three.Count));
        Assert.Equal([1, 0.5, 0.5], Three.Classes.Select(metrics => metrics.Precision));
        Assert.Equal([2.0 / 3, 0.5, 1], Three.Classes.Select(metrics => metrics.Recall));
        Assert.Equal([0.8, 0.5, 2.0 / 3], Three.Classes.Select(metrics => metrics.F1));
        Assert.Equal([3, 2, 1], Three.Classes.Select(metrics => metrics.Support));
        Assert.Equal([2, 2, 2], Three.Classes.Select(metrics => metrics.Predicted));
        Assert.Equal((2.0 / 3 + 0.5 + 1) / 3, Three.BalancedAccuracy, 1e-15);
        Assert.Equal((0.8 + 0.5 + 2.0 / 3) / 3, Three.Macro.F1, 1e-15);
        Assert.Equal((3 * 0.8 + 2 * 0.5 + 2.0 / 3) / 6, Three.Weighted.F1, 1e-15);
        Assert.Equal((0, 0, 2), Three.ConfusionMatrix.Counts.First());
        Assert.Equal((1, 1, 0), (Three.ConfusionMatrix[0, 1], Three.ConfusionMatrix[1, 2], Three.ConfusionMatrix[2, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.ConfusionMatrix[0, 3]);
    }

    [Fact]
    public void Probabilities_are_measured()
    {
        double[] right = [0.8, 0.6, 0.5, 0.8, 0.5, 0.8], mine = [0.8, 0.6, 0.3, 0.8, 0.3, 0.8];
        Assert.Equal(mine.Average(p => -Math.Log(p)), Three.LogLoss, 1e-15);
        Assert.Equal((0.06 + 0.24 + 0.78 + 0.06 + 0.78 + 0.06) / 6, Three.BrierScore, 1e-15);
        // 0.5 is wrong twice, 0.6 and 0.8 are right.
        Assert.Equal((2 * 0.5 + 0.4 + 3 * 0.2) / right.Length, Three.ExpectedCalibrationError, 1e-15);
        Assert.Equal(Three.LogLoss, Three.Loss);
    }

    [Fact]
    public void The_positive_class_of_two_is_the_second()
    {
        var report = ClassificationReport.From(
            [1, 0, 1, 0], [0.1, 0.9, 0.2, 0.8, 0.2, 0.8, 0.7, 0.3], ["no", "yes"]);
        // Of four pairs of one of each class, three are in order, and one is a tie.
        Assert.Equal(3.5 / 4, report.RocAuc);
        Assert.Equal((1 + 2.0 / 3) / 2, report.AveragePrecision, 1e-15);
        Assert.Equal((0.01 + 0.64 + 0.04 + 0.09) / 4, report.BrierScore, 1e-15);
        Assert.Equal(report.RocAuc, report.Classes[1].RocAuc);
    }

    [Fact]
    public void A_bin_of_the_calibration_error_includes_its_upper_end()
    {
        // 0.6 = 9 / 15 belongs to the bin below, where one of two is right; 0.61 has a bin of its own.
        double[] confidences = [0.6, 0.55, 0.61];
        var report = ClassificationReport.From(
            [0, 1, 0], [.. confidences.SelectMany(p => (double[])[p, 1 - p])], ["a", "b"]);
        Assert.Equal((Math.Abs(0.6 + 0.55 - 1) + 0.39) / 3, report.ExpectedCalibrationError, 1e-15);
    }

    [Fact]
    public void Certain_and_wrong_is_limited_as_in_scikit_learn()
    {
        var report = ClassificationReport.From([0, 1], [0, 1, 0, 1], ["a", "b"]);
        Assert.Equal(52 * Math.Log(2) / 2, report.LogLoss, 1e-14);
    }

    [Fact]
    public void A_class_that_does_not_occur_is_left_out_of_means()
    {
        // c occurs neither in the data nor among predictions; b only among predictions.
        var report = ClassificationReport.From(
            [0, 0], [0.7, 0.2, 0.1, 0.3, 0.6, 0.1], Names);
        Assert.Equal(0.5, report.BalancedAccuracy);
        Assert.Equal(2.0 / 3 / 2, report.Macro.F1, 1e-15);
        Assert.Equal(2.0 / 3, report.Weighted.F1, 1e-15);
        Assert.Equal((0, 0.0, 0.0), (report.Classes[2].Support, report.Classes[2].F1, report.Classes[2].Precision));
        Assert.Equal((double.NaN, double.NaN), (report.Classes[2].RocAuc, report.Classes[2].AveragePrecision));
        Assert.Equal(1, report.Classes[0].AveragePrecision);
    }

    [Fact]
    public void The_mean_over_classes_says_how_many_it_is_taken_over()
    {
        var report = ClassificationReport.From(
            [0, 1], [0.7, 0.2, 0.1, 0.3, 0.6, 0.1], Names);
        Assert.Equal("ROC AUC (mean over 2 of 3 classes): 1.0000", Metric(report, "roc-auc").ToString());
        Assert.Equal(1, report.RocAuc);
        Assert.Equal("ROC AUC (mean over classes)", Metric(Three, "roc-auc").Title);
    }

    [Fact]
    public void What_is_undefined_says_why()
    {
        var one = ClassificationReport.From([1, 1], [0.5, 0.5, 0.5, 0.5], ["a", "b"]);
        Assert.Equal(double.NaN, one.RocAuc);
        Assert.Equal("ROC AUC: undefined (all examples belong to one class, b)", Metric(one, "roc-auc").ToString());
        Assert.Equal(1, one.AveragePrecision);

        var none = ClassificationReport.From([], [], ["a", "b"]);
        Assert.All(none.AllMetrics, metric => Assert.Equal("there are no examples", metric.WhyUndefined));
        Assert.DoesNotContain("NaN", none.ToString(), StringComparison.Ordinal);
        Assert.Equal(double.NaN, none.Macro.F1);
    }

    [Fact]
    public void Probabilities_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [0.5, 0.5, 0.5], Names));
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [0.5, 0.5], Names));
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [1.5, -0.5, 0], Names));
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [double.NaN, 0.5, 0.5], Names));
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([3], [1, 0, 0], Names));
    }

    [Fact]
    public void An_evaluation_measures_the_outputs_of_the_model()
    {
        var data = RandomData.Blobs(300);
        var model = Classifier.Train(RandomData.Blobs(60), new TrainingOptions { Hidden = [4], Epochs = 1 });
        var report = model.Evaluate(data);
        var again = ClassificationReport.From(
            data.Classes.Labels, [.. report.Examples.SelectMany(example => example.Scores)], model.ClassNames);
        Assert.Equal(report.AllMetrics.Select(metric => metric.Value), again.AllMetrics.Select(metric => metric.Value), Close);
        Assert.Equal(report.Loss, report.LogLoss, 1e-5);
        var predictions = model.Predict(data.Inputs);
        Assert.Equal(predictions.Select(prediction => (int?)prediction.ClassIndex), report.Examples.Select(example => example.Predicted));
        Assert.Equal(predictions[7].Scores[1], report.Examples[7].Scores[1], 1e-6);
        Assert.Equal(report.Correct, report.Examples.Count(example => example.IsCorrect));
    }

    [Fact]
    public void Epochs_measure_only_what_they_print()
    {
        var data = RandomData.Blobs(60);
        EpochReport? last = null;
        var model = Classifier.Train(data, new TrainingOptions { Hidden = [4], Epochs = 1 }, data, epoch => last = epoch);
        var brief = Assert.IsType<ClassificationReport>(last!.Validation);
        Assert.False(brief.HasDetails);
        Assert.Equal(brief.Metrics, brief.AllMetrics);
        Assert.Contains("Model.Evaluate", Assert.Throws<InvalidOperationException>(() => brief.RocAuc).Message, StringComparison.Ordinal);
        Assert.True(model.Evaluate(data).HasDetails);
        Assert.Equal(brief, model.Evaluate(data));
    }

    [Fact]
    public void Softmax_outputs_near_1_keep_their_order()
    {
        // As floats, the second output is 1 for all of these.
        var report = Linear(Activation.Softmax).Evaluate(Line([20f, 21f, 22f, 23f], [0, 0, 1, 1]));
        Assert.Equal(1, report.RocAuc);
        Assert.Equal(1, report.AveragePrecision);
    }

    [Fact]
    public void Sigmoid_outputs_are_divided_by_their_sum_even_if_it_is_0()
    {
        var report = Linear(Activation.Sigmoid).Evaluate(Line([1f, -1f], [1, 0]));
        Assert.All(report.Examples, example => Assert.Equal(1, example.Scores.Sum(), 1e-15));
        Assert.True(report.HasProbabilities);
        var network = new Network(new Topology([1, 2], Activation.Identity, Activation.Sigmoid));
        network.EditParameters()[2..].Fill(-1000);
        var none = Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]).Evaluate(Line([1f], [0]));
        Assert.Equal([0.5, 0.5], none.Examples[0].Scores);
        Assert.Equal(1, none.Correct);
    }

    [Fact]
    public void Outputs_that_are_no_probabilities_only_rank()
    {
        var report = Linear(Activation.Identity).Evaluate(Line([-1f, 2f], [0, 1]));
        Assert.False(report.HasProbabilities);
        Assert.Equal(1, report.RocAuc);
        Assert.Equal([0, -1.0], report.Examples[0].Scores);
        Assert.Equal("Log loss: undefined (outputs of identity are not probabilities)", Metric(report, "log-loss").ToString());
        Assert.Equal(double.NaN, report.BrierScore);
    }

    [Fact]
    public void Examples_whose_outputs_are_NaN_are_wrong_and_predicted_as_no_class()
    {
        var report = Linear(Activation.Softmax).Evaluate(Line([-1f, float.NaN, 2f], [0, 1, 1]));
        Assert.Equal((1, 2), (report.WithoutPrediction, report.Correct));
        Assert.Null(report.Examples[1].Predicted);
        Assert.Equal((1, 0.5), (report.Classes[1].Precision, report.Classes[1].Recall));
        Assert.Equal(2, report.ConfusionMatrix.Counts.Sum(cell => cell.Count));
        Assert.Equal("ROC AUC: undefined (the outputs of 1 of 3 examples are NaN)", Metric(report, "roc-auc").ToString());
        Assert.DoesNotContain("NaN,", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_may_be_in_any_order()
    {
        var report = ClassificationReport.From(
            [2, 0, 1, 0, 2],
            [
                0.1, 0.1, 0.8,
                0.1, 0.1, 0.8,
                0.2, 0.7, 0.1,
                0.9, 0.1, 0.0,
                0.1, 0.2, 0.7,
            ],
            Names);
        int[][] cells = [[1, 0, 1], [0, 1, 0], [0, 0, 2]];
        for (int label = 0; label < 3; label++)
            Assert.Equal(cells[label], Enumerable.Range(0, 3).Select(predicted => report.ConfusionMatrix[label, predicted]));
        Assert.Equal([(0, 0, 1), (0, 2, 1), (1, 1, 1), (2, 2, 2)], report.ConfusionMatrix.Counts);
        Assert.Throws<ArgumentOutOfRangeException>(() => report.ConfusionMatrix[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => report.ConfusionMatrix[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => report.ConfusionMatrix[0, -1]);
    }

    [Fact]
    public void Reports_with_the_same_counts_are_equal()
    {
        var report = new ClassificationReport(3, 4, 0.5);
        Assert.Equal(report, new ClassificationReport(3, 4, 0.5));
        Assert.Equal(report.GetHashCode(), new ClassificationReport(3, 4, 0.5).GetHashCode());
        Assert.All((ClassificationReport[])[report with { Correct = 2 }, report with { Count = 5 }, report with { Loss = 1 }], other =>
        {
            Assert.NotEqual(report, other);
            Assert.NotEqual(report.GetHashCode(), other.GetHashCode());
        });
        Assert.False(report.Equals(null));
    }

    [Fact]
    public void Figures_print_themselves()
    {
        Assert.Equal("Accuracy: 0.6667 (4 of 6), Loss: 0.5980", Three.ToString());
        Assert.Equal("precision 0.6667, recall 0.7222, F1 0.6556", Three.Macro.ToString());
        Assert.Equal("b: precision 0.5000, recall 0.5000, F1 0.5000 (2 examples)", Three.Classes[1].ToString());
        Assert.Equal("class 0, predicted 1", Three.Examples[2].ToString());
        Assert.Equal("class 2, predicted no class", new ClassifiedExample(2, null, []).ToString());
        Assert.Equal("Confusion matrix of 3 classes, 6 examples", Three.ConfusionMatrix.ToString());
        Assert.Equal(
            "Accuracy: undefined (there are no examples) (0 of 0), Loss: undefined (there are no examples)",
            new ClassificationReport(0, 0, double.NaN).ToString());
    }

    [Fact]
    public void Sums_of_probabilities_may_be_rounded_and_no_more()
    {
        Assert.Equal(1, ClassificationReport.From([0], [0.50004, 0.50004], ["a", "b"]).Correct);
        Assert.Equal(1, ClassificationReport.From([0], [0.49996, 0.49996], ["a", "b"]).Correct);
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [0.50006, 0.50006], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => ClassificationReport.From([0], [0.49994, 0.49994], ["a", "b"]));
    }

    [Fact]
    public void Equal_scores_are_one_step_of_the_curve()
    {
        // Scores of yes: 0.9 (yes), 0.5 (no, yes, yes), 0.1 (no).
        var report = ClassificationReport.From(
            [1, 0, 1, 1, 0], [.. new[] { 0.9, 0.5, 0.5, 0.5, 0.1 }.SelectMany(p => (double[])[1 - p, p])], ["no", "yes"]);
        // Of six pairs, four are in order, and two are ties.
        Assert.Equal((4 + 2 * 0.5) / 6, report.RocAuc, 1e-15);
        Assert.Equal((1 + 2 * 0.75) / 3, report.AveragePrecision, 1e-15);
    }

    private static Metric Metric(ModelReport report, string name) => report.AllMetrics.Single(metric => metric.Name == name);

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-12 || (double.IsNaN(a) && double.IsNaN(b));

    /// <summary>A classifier whose first weighted input is 0, and whose second one is its only feature.</summary>
    private static Classifier Linear(Activation output)
    {
        var network = new Network(new Topology([1, 2], Activation.Identity, output));
        network.EditParameters()[1] = 1;
        return Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]);
    }

    private static Dataset Line(float[] features, int[] labels) =>
        new("line", FeatureTable.FromFloats(features, features.Length, 1), new ClassTargets(labels, ["a", "b"]));
}
