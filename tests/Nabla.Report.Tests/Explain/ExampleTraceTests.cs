using Nabla.Explain;

namespace Nabla.Report.Tests;

public class ExampleTraceTests
{
    private static readonly TrainingOptions Small =
        new() { Hidden = [5, 4], Activation = Activation.Tanh, Epochs = 3, BatchSize = 16, Seed = 2 };

    [Fact]
    public void Z_a_and_delta_follow_from_weights_and_inputs()
    {
        var data = Samples.Points(60);
        var model = Classifier.Train(data, Small);
        var trace = ExampleTrace.Create(model, data.Inputs, 7, ExampleTarget.From(data, 7));
        for (int l = 0; l < trace.Layers.Count; l++)
        {
            var layer = trace.Layers[l];
            for (int j = 0; j < layer.Units; j++)
            {
                double z = model.Network.Biases(l)[j];
                for (int k = 0; k < layer.Inputs.Count; k++)
                    z += (double)model.Network.Weights(l)[k * layer.Units + j] * layer.Inputs[k];
                Assert.Equal(z, layer.Z[j], 1e-12);
                if (l < 2)
                    Assert.Equal(Math.Tanh(z), layer.Outputs[j], 1e-12);
                // For softmax with cross-entropy, delta = a - y.
                double delta = l == 2 ? layer.Outputs[j] - trace.Y[j] : ErrorOf(trace, model, l, j) * (1 - Math.Pow(layer.Outputs[j], 2));
                Assert.Equal(delta, layer.Delta[j], 1e-12);
            }
        }
        Assert.Equal(-Math.Log(trace.Layers[2].Outputs[data.Classes.Labels[7]]), trace.Cost!.Value, 1e-12);
    }

    [Fact]
    public void The_outputs_are_those_of_a_prediction()
    {
        var data = Samples.Points(60);
        var model = Classifier.Train(data, Small);
        var trace = ExampleTrace.Create(model, data.Inputs, 11, target: null);
        var scores = model.Predict(data.Inputs)[11].Scores;
        Assert.All(scores.Zip(trace.Layers[^1].Outputs), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Null(trace.Cost);
        Assert.Empty(trace.Layers[0].Delta);
        Assert.Throws<InvalidOperationException>(() => trace.Parameter(0, 0, 0, 0.1));
    }

    [Fact]
    public void Every_gradient_agrees_with_central_differences_and_with_the_fast_engine()
    {
        var data = Samples.Points(60);
        var model = Classifier.Train(data, Small);
        var trace = ExampleTrace.Create(model, data.Inputs, 7, ExampleTarget.From(data, 7));
        var topology = model.Topology;
        var gradient = new float[topology.ParameterCount];
        new Backpropagation(model.Network, model.Options.Loss!, 1).Gradient(
            [.. trace.X.Select(value => (float)value)], TargetBatch.FromLabels([data.Classes.Labels[7]]), gradient);
        for (int l = 0; l < topology.LayerCount; l++)
        {
            for (int j = 0; j < topology.Outputs(l); j++)
            {
                var unit = trace.Unit(l, j);
                for (int k = 0; k < topology.Inputs(l); k++)
                {
                    var step = trace.Parameter(l, j, k, 0.25);
                    Assert.Equal(step.Difference, step.Gradient, 1e-8);
                    Assert.Equal(topology.Weights(gradient, l)[k * topology.Outputs(l) + j], step.Gradient, 1e-5);
                    Assert.Equal(unit.NablaW[k], step.Gradient);
                    Assert.Equal(unit.Weights[k] - 0.25 * step.Gradient, step.NewValue);
                }
                var bias = trace.Parameter(l, j, null, 0.25);
                Assert.Equal(bias.Difference, bias.Gradient, 1e-8);
                Assert.Equal(unit.Delta, bias.Gradient);
            }
        }
    }

    [Fact]
    public void A_regressor_learns_standardized_values()
    {
        var (data, _) = Samples.Table(60, isNumber: true);
        var model = Regressor.Train(data, Small with { Scaling = Scaling.StandardizePerFeature });
        var trace = ExampleTrace.Create(model, data.Inputs, 3, ExampleTarget.From(data, 3));
        double y = (data.Values.Values[3] - model.TargetScaling!.Offsets[0]) / model.TargetScaling.Scales[0];
        Assert.Equal(y, trace.Y[0], 1e-6);
        Assert.Equal(Math.Pow(trace.Layers[^1].Outputs[0] - trace.Y[0], 2) / 2, trace.Cost!.Value, 1e-12);
    }

    [Fact]
    public void Wrong_places_and_targets_are_refused()
    {
        var data = Samples.Points(60);
        var model = Classifier.Train(data, Small);
        Assert.Throws<ArgumentException>(() => ExampleTrace.Create(model, data.Inputs, 0, ExampleTarget.FromClass(3)));
        Assert.Throws<ArgumentException>(() => ExampleTrace.Create(model, data.Inputs, 0, ExampleTarget.FromValues(1.0)));
        Assert.Throws<ArgumentException>(() => ExampleTrace.Create(model, Samples.Pictures(3).Inputs, 0, null));
        var trace = ExampleTrace.Create(model, data.Inputs, 0, ExampleTarget.FromClass(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Unit(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Unit(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Parameter(0, 0, 2, 0.1));
    }

    [Fact]
    public void Several_threads_may_ask_at_once()
    {
        var data = Samples.Points(60);
        var model = Classifier.Train(data, Small);
        var trace = ExampleTrace.Create(model, data.Inputs, 7, ExampleTarget.From(data, 7));
        var expected = Enumerable.Range(0, 10).Select(i => trace.Parameter(0, i % 5, i % 2, 0.1)).ToArray();
        Parallel.For(0, 400, i => Assert.Equal(expected[i % 10], trace.Parameter(0, i % 10 % 5, i % 10 % 2, 0.1)));
    }

    // (w^T delta) of the layer above, for unit j.
    private static double ErrorOf(ExampleTrace trace, Model model, int layer, int j)
    {
        var above = trace.Layers[layer + 1];
        return Enumerable.Range(0, above.Units)
            .Sum(i => (double)model.Network.Weights(layer + 1)[j * above.Units + i] * above.Delta[i]);
    }
}
