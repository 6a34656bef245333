using Nabla.Explain;

namespace Nabla.Report.Tests;

public class UnitReportTests
{
    [Fact]
    public void A_unit_that_never_answers_is_dead()
    {
        var data = Samples.Points(90);
        var model = With(Classifier.Train(data, new() { Hidden = [6], Epochs = 1 }), (weights, biases) => biases[4] = -1000);
        var layer = UnitReport.Measure(model, data.Inputs).Layers[0];
        Assert.Contains(4, layer.Dead);
        Assert.Empty(layer.Saturated);
        Assert.Equal("relu", layer.Activation);
    }

    [Fact]
    public void A_unit_with_huge_weights_is_saturated()
    {
        var data = Samples.Points(90);
        var model = With(
            Classifier.Train(data, new() { Hidden = [6], Activation = Activation.Sigmoid, Epochs = 1 }),
            (weights, biases) => { weights[2] = 5000; weights[6 + 2] = -7000; biases[2] = 1; });
        var layer = UnitReport.Measure(model, data.Inputs).Layers[0];
        Assert.Equal([2], layer.Dead.Concat(layer.Saturated));
        Assert.InRange(layer.FlatShare, 0.9 / 6, 1);
    }

    [Fact]
    public void A_small_network_of_tanh_has_neither()
    {
        var data = Samples.Points(90);
        var model = Classifier.Train(data, new() { Hidden = [6], Activation = Activation.Tanh, Epochs = 2 });
        var report = UnitReport.Measure(model, data.Inputs, most: 40);
        Assert.All(report.Layers, layer => Assert.Empty(layer.Dead));
        Assert.Equal((40, 90), (report.Used, report.Rows));
        Assert.Equal(40 * 6, report.Layers[0].Activations.Counts.Sum());
        Assert.Equal(40 * 3, report.Layers[1].Activations.Counts.Sum());
    }

    [Fact]
    public void The_last_activations_are_the_predictions()
    {
        var data = Samples.Points(90);
        var model = Classifier.Train(data, new() { Hidden = [6], Epochs = 2 });
        float[] scores = [.. model.Predict(data.Inputs).SelectMany(prediction => prediction.Scores)];
        var layer = UnitReport.Measure(model, data.Inputs).Layers[^1];
        Assert.Equal(scores.Min(), layer.Activations.Low);
        Assert.Equal(scores.Max(), layer.Activations.High);
        Assert.Equal(Histogram.Create(scores).Counts, layer.Activations.Counts);
    }

    [Fact]
    public void Histograms_count_every_finite_value_once()
    {
        var histogram = Histogram.Create([1, 2, 3, 3, float.NaN, float.PositiveInfinity], bins: 2);
        Assert.Equal([1L, 3L], histogram.Counts);
        Assert.Equal(3, Histogram.Create([5, 5, 5]).Counts.Sum());
        Assert.Equal(0, Histogram.Create([]).Counts.Sum());
    }

    private delegate void Change(Span<float> weights, Span<float> biases);

    private static Classifier With(Classifier model, Change change)
    {
        var parameters = model.Network.EditParameters();
        change(model.Topology.Weights(parameters, 0), model.Topology.Biases(parameters, 0));
        return model;
    }
}
