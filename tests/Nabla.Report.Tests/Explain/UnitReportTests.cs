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
        Assert.InRange(layer.FlatShare!.Value, 0.9 / 6, 1);
    }

    [Theory]
    [InlineData(0.94, false)]
    [InlineData(0.95, true)]
    [InlineData(0.99, true)]
    public void A_unit_is_saturated_if_95_percent_of_its_answers_are_flat(double share, bool isSaturated)
    {
        // z = 1000 (x - threshold), so that a share of the examples lies far from the slope on either side, and the rest at z = 0.
        float[] inputs = [.. Enumerable.Range(0, 100).Select(i => i >= share * 100 ? 0f : i % 2 == 0 ? -1f : 1f)];
        var data = new Dataset("one number", FeatureTable.FromFloats(inputs, 100, 1), new ClassTargets(new int[100], ["a", "b"]));
        var network = new Network(new Topology([1, 3, 2], Activation.Sigmoid, Activation.Softmax));
        var model = With(
            Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]), (weights, _) => { weights.Clear(); weights[1] = 1000; });
        var layer = UnitReport.Measure(model, data.Inputs).Layers[0];
        Assert.Empty(layer.Dead);
        Assert.Equal(isSaturated ? [1] : [], layer.Saturated);
        Assert.Equal(share / 3, layer.FlatShare!.Value, 1e-9);
    }

    [Fact]
    public void Confident_outputs_are_stuck_only_if_the_loss_has_the_slope()
    {
        LayerUnits Outputs(Loss loss)
        {
            var data = Samples.Points(90);
            var model = Classifier.Train(data, new() { Hidden = [], OutputActivation = Activation.Sigmoid, Loss = loss, Epochs = 1 });
            return UnitReport.Measure(With(model, (weights, biases) => biases.Fill(-50)), data.Inputs).Layers[^1];
        }
        var quadratic = Outputs(Loss.Quadratic);
        Assert.Equal([0, 1, 2], quadratic.Dead);
        Assert.Equal(1, quadratic.FlatShare);
        var crossEntropy = Outputs(Loss.CrossEntropy);
        Assert.Empty(crossEntropy.Dead.Concat(crossEntropy.Saturated));
        Assert.Null(crossEntropy.FlatShare);
    }

    [Fact]
    public void A_falling_slope_is_a_slope()
    {
        // SiLU falls between -1.28 and minus infinity: its slope at -2 is -0.09.
        var data = Samples.Points(90);
        var model = With(
            Classifier.Train(data, new() { Hidden = [6], Activation = Activation.All.Get("silu"), Epochs = 1 }),
            (weights, biases) => { weights.Clear(); biases.Fill(-2); });
        Assert.Equal(0, UnitReport.Measure(model, data.Inputs).Layers[0].FlatShare);
    }

    [Fact]
    public void Weights_have_their_mean_and_deviation()
    {
        var network = new Network(new Topology([2, 2], Activation.Relu, Activation.Softmax));
        ((float[])[1, 3, 5, 7]).CopyTo(network.Topology.Weights(network.EditParameters(), 0));
        var layer = LayerWeights.Measure(network).Single();
        Assert.Equal((4, Math.Sqrt(5)), (layer.Mean, layer.StandardDeviation));
        Assert.Equal((2, 2, 1.0, 7.0), (layer.Inputs, layer.Outputs, layer.Values.Low, layer.Values.High));
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
