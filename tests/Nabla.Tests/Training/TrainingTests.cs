
using Nabla.Kernels;

namespace Nabla.Tests;

public class TrainingTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [8], Epochs = 3, BatchSize = 16 };

    [Fact]
    public void Blobs_are_learned()
    {
        var model = Classifier.Train(
            RandomData.Blobs(600), Small with { Epochs = 20, Optimizer = new AdamOptions { LearningRate = 0.01f } });
        Assert.True(model.Evaluate(RandomData.Blobs(600)).Accuracy > 0.97, "Blobs far from each other were not told apart.");
    }

    [Theory]
    [InlineData(false, 7, 100)]
    [InlineData(true, 6, 96)]
    public void A_short_last_batch_is_used_unless_it_is_dropped(bool drop, int batches, int examples)
    {
        var heard = new List<BatchProgress>();
        var training = new Training<Classifier>(RandomData.Blobs(100), Small with { DropLastBatch = drop });
        var epoch = training.Epochs(new BatchAction(heard.Add)).First();
        Assert.Equal(batches, heard.Count);
        Assert.Equal(examples, epoch.Examples);
        Assert.Equal(new(0, batches, batches, examples, epoch.Loss), heard[^1]);
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own_with_every_example_once()
    {
        var order = new BatchOrder(100, 16, dropLast: false, seed: 3);
        int[] Epoch(int number)
        {
            order.Begin(number);
            return [.. Enumerable.Range(0, order.BatchCount).SelectMany(batch => order.Batch(batch).ToArray())];
        }
        int[] first = Epoch(0), second = Epoch(1);
        Assert.NotEqual(first, second);
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.Equal(Enumerable.Range(0, 100), second.Order());
        Assert.Equal(first, Epoch(0));
    }

    [Fact]
    public void Without_shuffling_examples_come_as_they_are()
    {
        var order = new BatchOrder(10, 4, dropLast: false, seed: null);
        order.Begin(0);
        Assert.Equal([4, 5, 6, 7], order.Batch(1).ToArray());
        Assert.Equal([8, 9], order.Batch(2).ToArray());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void A_batch_may_be_larger_than_any_data(bool drop, int batches)
    {
        var order = new BatchOrder(100, int.MaxValue, drop, seed: null);
        Assert.Equal(batches, order.BatchCount);
        Assert.Equal(100, order.Batch(0).Length);
    }

    [Fact]
    public void Adam_resumes_from_any_number_of_steps_that_a_file_claims()
    {
        var topology = new Topology([2, 2], Activation.Sigmoid, Activation.Sigmoid);
        float[] Parameters(long steps)
        {
            var adam = Optimizer.Create(new AdamOptions(), topology);
            adam.Restore(steps);
            var parameters = new float[topology.ParameterCount];
            adam.BeginStep(new StepContext(adam.Options.LearningRate));
            adam.Move([1, -2, 3, -4, 5, -6], parameters, 0, parameters.Length);
            return parameters;
        }
        Assert.Equal(Parameters(100_000), Parameters(long.MaxValue));
        Assert.NotEqual(Parameters(10), Parameters(long.MaxValue));
    }

    [Fact]
    public void The_first_loss_is_that_of_the_initial_network()
    {
        // With one batch an epoch, the loss of epoch 0 is taken before any step.
        var data = RandomData.Blobs(64);
        var training = new Training<Classifier>(data, Small with { BatchSize = 64 });
        double before = training.Model.Evaluate(data).Loss;
        Assert.Equal(before, training.Epochs().First().Loss, 1e-6);
    }

    [Fact]
    public void Divergence_says_where_and_what_to_try()
    {
        var options = Small with { Optimizer = new SgdOptions { LearningRate = 1e30f }, Epochs = 5 };
        var error = Assert.Throws<TrainingDivergedException>(() => Classifier.Train(RandomData.Blobs(100), options));
        Assert.Matches("epoch [0-4], batch [0-9]", error.Where);
        Assert.Contains("smaller learning rate", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_after_the_current_batch()
    {
        using var cancellation = new CancellationTokenSource();
        var training = new Training<Classifier>(RandomData.Blobs(100), Small);
        var stopAfterNine = new BatchAction(progress =>
        {
            if (progress is { Epoch: 1, Batch: 2 })
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => training.Epochs(stopAfterNine, cancellation.Token).Count());
        Assert.Equal((1, 2), (training.Position.Epoch, training.Position.Batch));
        Assert.False(training.IsComplete);
    }

    [Fact]
    public void Weights_decay_and_biases_do_not()
    {
        // A step along a zero gradient: what moves, moves by decay alone.
        var topology = new Topology([2, 2], Activation.Sigmoid, Activation.Sigmoid);
        foreach (var options in OptimizerOptions.All.Select(kind => kind with { LearningRate = 0.5f, WeightDecay = 0.1f }))
        {
            var network = new Network(topology);
            network.EditParameters().Fill(1f);
            Optimizer.Create(options, topology).Step(network, new float[topology.ParameterCount]);
            Assert.All(network.Weights(0).ToArray(), weight => Assert.True(weight < 0.96f));
            Assert.All(network.Biases(0).ToArray(), bias => Assert.Equal(1f, bias));
        }
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<InvalidOptionException>(() => (Small with { Hidden = [3, 0] }).Validate());
        Assert.Throws<InvalidOptionException>(() => (Small with { Activation = Activation.Softmax }).Validate());
        Assert.Throws<InvalidOptionException>(
            () => (Small with { Loss = Loss.CrossEntropy, OutputActivation = Activation.Tanh }).Validate());
        Assert.Throws<InvalidOptionException>(() => (Small with { Optimizer = new SgdOptions { LearningRate = float.NaN } }).Validate());
        Assert.Throws<InvalidOptionException>(() => (Small with { Optimizer = new SgdOptions { WeightDecay = -1 } }).Validate());
        Assert.Throws<InvalidOptionException>(() => new Training<Classifier>(RandomData.Blobs(10), Small with { DropLastBatch = true }));
    }

    [Theory]
    [InlineData("standard-normal", 1.0, 1.0)]
    [InlineData("scaled", 0.05, 1.0)]
    [InlineData("xavier", 0.0577, 0.0)]
    [InlineData("he", 0.0707, 0.0)]
    [InlineData("lecun", 0.05, 0.0)]
    [InlineData("orthogonal", 0.05, 0.0)]
    [InlineData("scaled-zero-output", 0.05, 1.0)]
    public void Initial_values_have_the_deviation_of_their_method(string method, double ofWeights, double ofBiases)
    {
        var network = InitialValues.Draw(
            new Topology([400, 200, 3], Activation.Sigmoid, Activation.Sigmoid), Initialization.All.Get(method), 1);
        Assert.Equal(ofWeights, Deviation(network.Weights(0)), ofWeights * 0.02);
        Assert.Equal(ofBiases, Deviation(network.Biases(0)), 0.15 * ofBiases);
    }

    [Theory]
    [InlineData(40, 17)]
    [InlineData(17, 40)]
    [InlineData(23, 23)]
    [InlineData(1, 9)]
    [InlineData(1, 1)]
    public void Orthogonal_weights_have_orthonormal_rows_or_columns(int inputs, int outputs)
    {
        var network = InitialValues.Draw(
            new Topology([inputs, outputs], Activation.Identity, Activation.Identity), Initialization.Orthogonal, seed: 3);
        float[] weights = network.Weights(0).ToArray(); // [inputs, outputs]
        bool byInput = inputs < outputs;
        int count = Math.Min(inputs, outputs), length = Math.Max(inputs, outputs);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, length).Sum(k => At(i, k) * At(j, k)), 1e-6);
        }

        // The first vector is that of the normal deviates, with their signs: the diagonal of R is positive.
        var stream = new RandomStream(3, RandomPurpose.InitialValues);
        double[] drawn = [.. Enumerable.Range(0, length).Select(_ => stream.NextNormal())];
        double norm = Math.Sqrt(drawn.Sum(x => x * x));
        for (int k = 0; k < length; k++)
            Assert.Equal(drawn[k] / norm, At(0, k), 1e-6);

        double At(int vector, int k) => byInput ? weights[vector * outputs + k] : weights[k * outputs + vector];
    }

    private static double Deviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
            (sum, squares) = (sum + value, squares + (double)value * value);
        return Math.Sqrt(squares / values.Length - sum * sum / values.Length / values.Length);
    }
}
