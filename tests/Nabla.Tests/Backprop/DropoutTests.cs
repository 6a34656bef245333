using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>Dropout: which neurons are dropped, what that does to gradients, and that predictions know nothing of it.</summary>
public class DropoutTests
{
    private const int Examples = 21;

    // The last two have more weights than each thread would pack for itself: in the first layer, and above it.
    public static TheoryData<int[], double> Networks => new()
    {
        { [20, 12, 9, 3], 1 }, { [150, 12, 9, 3], 0.1 }, { [1100, 130, 3], 1 }, { [150, 380, 360, 3], 0.1 },
    };

    [Theory, MemberData(nameof(Networks))]
    public void Gradients_are_those_of_the_reference_with_any_number_of_threads(int[] sizes, double density)
    {
        foreach (var activation in Activation.Elementwise)
        {
            var network = InitialValues.Draw(Shape(sizes, activation), Initialization.Scaled, 3);
            var draw = new DropoutDraw(Seed: 5, Epoch: 2);
            var (inputs, labels) = Batch(sizes, density);
            double[] expected = ReferenceGradient(network, inputs, labels, draw);
            foreach (int threads in (int[])[1, 2, 3, 5])
            {
                var backpropagation = new Backpropagation(network, Loss.CrossEntropy, Examples + 3, threads);
                float[]? first = null;
                // From the second batch on, zeros are skipped if there are many.
                for (int batch = 0; batch < 3; batch++)
                {
                    var gradient = new float[network.Topology.ParameterCount];
                    backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), gradient, draw);
                    Assert.Equal(first ??= gradient, gradient);
                }
                double distance = Relative.Distance(expected, network.Topology.ByNeuron(first!));
                double allowed = activation == Activation.Exponential ? 1e-4 : 1e-5; // exponentials of sums magnify rounding
                Assert.True(distance <= allowed, $"{activation.Name}: the gradients differ by {distance}.");
            }
        }
    }

    [Fact]
    public void Without_a_draw_no_neuron_is_dropped()
    {
        int[] sizes = [20, 12, 9, 3];
        var dropping = InitialValues.Draw(Shape(sizes, Activation.Tanh), Initialization.Scaled, 3);
        var plain = InitialValues.Draw(new Topology(sizes, Activation.Tanh, Activation.Softmax), Initialization.Scaled, 3);
        var (inputs, labels) = Batch(sizes, 1);
        Assert.Equal(Gradient(plain, null), Gradient(dropping, null));
        Assert.NotEqual(Gradient(plain, null), Gradient(dropping, new DropoutDraw(1, 0)));
        Assert.NotEqual(Gradient(dropping, new DropoutDraw(1, 1)), Gradient(dropping, new DropoutDraw(1, 0)));

        float[] Gradient(Network network, DropoutDraw? draw)
        {
            var gradient = new float[network.Topology.ParameterCount];
            new Backpropagation(network, Loss.CrossEntropy, Examples).Gradient(inputs, TargetBatch.FromLabels(labels), gradient, draw);
            return gradient;
        }
    }

    [Fact]
    public void The_shares_of_dropped_neurons_are_the_rates_and_the_mean_factor_is_1()
    {
        // 999 is no multiple of the four words of a block.
        float[] rates = [0.5f, 0.1f, 0f, 0.9f];
        var topology = new Topology(
            3, [.. rates.Select(rate => new Layer(999, Activation.Relu) { Dropout = rate }), new Layer(2, Activation.Softmax)]);
        var factors = Enumerable.Range(0, 500).Select(example => new DropoutDraw(1, 3).Factors(topology, example)).ToArray();
        for (int layer = 0; layer < rates.Length; layer++)
        {
            float rate = rates[layer];
            float[] ofLayer = [.. factors.SelectMany(row => row.AsSpan(999 * layer, 999).ToArray())];
            Assert.All(ofLayer.Distinct(), factor => Assert.Contains(factor, (float[])[0, 1 / (1 - rate)]));
            // Five standard deviations of the share.
            double deviation = 5 * Math.Sqrt(rate * (1 - rate) / ofLayer.Length);
            Assert.Equal(rate, ofLayer.Count(factor => factor == 0) / (double)ofLayer.Length, deviation);
            Assert.Equal(1, ofLayer.Average(factor => (double)factor), deviation / (1 - rate) + 1e-7);
        }
    }

    [Fact]
    public void Neurons_layers_examples_epochs_and_seeds_are_dropped_independently()
    {
        const int size = 400;
        var topology = new Topology(
            3, [new Layer(size, Activation.Relu) { Dropout = 0.5f }, new Layer(size, Activation.Relu) { Dropout = 0.5f },
            new Layer(2, Activation.Softmax)]);
        float[] Draw(ulong seed, int epoch, int example) => new DropoutDraw(seed, epoch).Factors(topology, example);
        float[] one = Draw(1, 0, 0);
        Assert.Equal(one, Draw(1, 0, 0));
        float[][] others = [Draw(2, 0, 0), Draw(1, 1, 0), Draw(1, 0, 1), [.. one[size..], .. one[..size]], [.. one[1..], one[0]]];
        // Of independent draws, half agree: five standard deviations.
        Assert.All(others, other => Assert.Equal(0.5, one.Zip(other, (a, b) => a == b ? 1.0 : 0).Average(), 2.5 / Math.Sqrt(one.Length)));
    }

    [Fact]
    public void The_rate_of_one_layer_leaves_the_draw_of_another_as_it_is()
    {
        float[] Second(float first) => new DropoutDraw(1, 0).Factors(
            new Topology(3, [new Layer(7, Activation.Relu) { Dropout = first }, new Layer(6, Activation.Relu) { Dropout = 0.5f },
                new Layer(2, Activation.Softmax)]), 4)[7..];
        Assert.Equal(Second(0.2f), Second(0.7f));
    }

    [Fact]
    public void Predictions_and_evaluations_drop_no_neuron()
    {
        var data = RandomData.Blobs(80);
        var options = new TrainingOptions { Hidden = [30, 20], Dropout = 0.5f, Epochs = 2, BatchSize = 16 };
        var model = Classifier.Train(data, options);
        var plain = new Network((options with { Dropout = 0 }).ResolveFor(classes: true).Topology(6, 3));
        model.Network.Parameters.CopyTo(plain.EditParameters());
        var same = Classifier.From(plain, model.Preprocessing, model.ClassNames);
        Assert.Equal(same.Evaluate(data), model.Evaluate(data));
        Assert.Equal(same.Predict(data.Inputs)[3].Scores, model.Predict(data.Inputs)[3].Scores);
        Assert.Equal(same.Predict(data.Inputs.Floats[..6]).Scores, model.Predict(data.Inputs.Floats[..6]).Scores);
        Assert.NotEqual(model.Fingerprint, Classifier.Train(data, options with { Dropout = 0 }).Fingerprint);
    }

    [Fact]
    public void Examples_are_dropped_by_their_rows_and_not_by_their_places_in_the_batch()
    {
        int[] sizes = [6, 12, 9, 3], rows = [4, 0, 17, 9];
        var network = InitialValues.Draw(Shape(sizes, Activation.Tanh), Initialization.Scaled, 3);
        var (inputs, labels) = Batch(sizes, 1);
        var draw = new DropoutDraw(5, 1);
        var batch = new BatchInputs(new Preprocessing(Scaling.None, [0f], [1f]), rows.Length);
        batch.SetBatch(FeatureTable.FromFloats(inputs, Examples, sizes[0]), rows);
        var gradient = new float[network.Topology.ParameterCount];
        var targets = TargetBatch.FromLabels([.. rows.Select(row => labels[row])]);
        new Backpropagation(network, Loss.CrossEntropy, rows.Length).Step(batch, targets, gradient, GradientUse.Keep, draw);
        Assert.InRange(
            Relative.Distance(ReferenceGradient(network, inputs, labels, draw, rows), network.Topology.ByNeuron(gradient)), 0, 1e-5);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void Rates_out_of_range_are_refused(float rate)
    {
        Action[] uses =
        [
            () => new TrainingOptions { Dropout = rate }.Validate(),
            () => new TrainingOptions { Dropout = rate, Hidden = [] }.Validate(),
            () => new TrainingOptions { Layers = [new Layer(3, Activation.Relu) { Dropout = rate }] }.Validate(),
            () => _ = new Topology(2, [new Layer(3, Activation.Relu) { Dropout = rate }, new Layer(2, Activation.Softmax)]),
        ];
        Assert.All(uses, use => Assert.Contains($"{rate}", Assert.Throws<InvalidOptionException>(use).Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_output_layer_has_no_dropout() => Assert.Contains(
        "output layer",
        Assert.Throws<InvalidOptionException>(() => new Topology(2, [new Layer(2, Activation.Softmax) { Dropout = 0.5f }])).Problem,
        StringComparison.Ordinal);

    [Fact]
    public void A_network_prints_its_rates()
    {
        Assert.Equal("20-12 (dropout 0.3)-9 (dropout 0.4)-3", Shape([20, 12, 9, 3], Activation.Relu).ToString());
        Assert.Equal("12 relu (dropout 0.3)", new Layer(12, Activation.Relu) { Dropout = 0.3f }.ToString());
    }

    private static Topology Shape(int[] sizes, Activation activation) => new(
        sizes[0],
        [.. sizes[1..^1].Select((size, i) => new Layer(size, activation) { Dropout = 0.3f + 0.1f * i }),
        new Layer(sizes[^1], Activation.Softmax)]);

    private static (float[] Inputs, int[] Labels) Batch(int[] sizes, double density)
    {
        var random = new Random(7);
        float[] inputs = [.. Enumerable.Range(0, Examples * sizes[0])
            .Select(_ => random.NextDouble() < density ? (float)(2 * random.NextDouble() - 1) : 0f)];
        return (inputs, [.. Enumerable.Range(0, Examples).Select(i => i * 7 % sizes[^1])]);
    }

    /// <summary>The mean gradient of some examples.</summary>
    private static double[] ReferenceGradient(Network network, float[] inputs, int[] labels, DropoutDraw draw, int[]? rows = null)
    {
        rows ??= [.. Enumerable.Range(0, Examples)];
        var topology = network.Topology;
        var reference = new ReferenceNetwork(
            topology.Sizes, [.. topology.Layers.SkipLast(1).Select(layer => ReferenceActivation.Create(layer.Activation.Name))],
            new SoftmaxCrossEntropyCost());
        reference.Parameters.CopyFrom(Widen(topology.ByNeuron(network.Parameters)));
        var nabla = new ReferenceParameters(topology.Sizes);
        foreach (int i in rows)
        {
            var y = new double[topology.Sizes[^1]];
            OneHot.Encode(labels[i], y);
            reference.Backpropagate(
                Widen(inputs[(i * topology.Sizes[0])..((i + 1) * topology.Sizes[0])]), y, nabla, dropout: Widen(draw.Factors(topology, i)));
        }
        return [.. nabla.All.ToArray().Select(sum => sum / rows.Length)];
    }

    private static double[] Widen(float[] values) => Array.ConvertAll(values, value => (double)value);
}
