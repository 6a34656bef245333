namespace Nabla.Tests;

public sealed class RegressorTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [16, 8], Epochs = 30, BatchSize = 20 };

    // Two targets, 200 examples: the same bits on every machine.
    private const string Digest = "sha256:6c02fac44c74db724be3f45f46e6a9eb7b490a7d494fb145711ce9ce8377b09c";

    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    // price = 1000 + 300 x0 - 50 x1 x2, and, as a second target, -2 of it.
    private static Dataset Prices(int count, int seed = 1, int targets = 1)
    {
        var random = new Random(seed);
        var x = new float[count * 3];
        foreach (ref float feature in x.AsSpan())
            feature = (float)(2 * random.NextDouble() - 1);
        var y = new double[count * targets];
        for (int i = 0; i < count; i++)
        {
            for (int target = 0; target < targets; target++)
                y[i * targets + target] = (1000 + 300 * x[3 * i] - 50 * x[3 * i + 1] * x[3 * i + 2]) * (target == 0 ? 1 : -2);
        }
        string[] names = targets == 1 ? ["price"] : ["price", "loss"];
        return new Dataset("prices", FeatureTable.FromFloats(x, count, 3), new ValueTargets(y, names));
    }

    [Fact]
    public void A_smooth_function_is_learned_in_its_own_units()
    {
        var report = Regressor.Train(Prices(600), Small with { Epochs = 100 }).Evaluate(Prices(200, seed: 2));
        Assert.InRange(report.RootMeanSquaredError, 0, 12);
        Assert.InRange(report.R2, 0.99, 1);
        Assert.Equal(["rmse", "mae", "r2"], report.Metrics.Select(metric => metric.Name));
    }

    [Fact]
    public void Without_a_word_the_loss_is_quadratic_and_outputs_are_not_bounded()
    {
        var model = Regressor.Train(Prices(60), new TrainingOptions { Epochs = 1 });
        Assert.Equal((Loss.Quadratic, Activation.Identity), (model.Options.Loss, model.Network.Topology.OutputActivation));
        Assert.Equal("regression", model.Task);
        Assert.Equal(["price"], model.TargetNames);
        // With the loss alone named, too.
        model = Regressor.Train(Prices(60), new TrainingOptions { Epochs = 1, Loss = Loss.Quadratic });
        Assert.Equal(Activation.Identity, model.Network.Topology.OutputActivation);
        Assert.Throws<InvalidOptionException>(() => Regressor.Train(Prices(60), new TrainingOptions { Loss = Loss.CrossEntropy }));
    }

    [Fact]
    public void Units_of_a_target_change_no_bit_of_the_network()
    {
        // Powers of two are exact, so that the standardized targets are the same.
        var data = Prices(80);
        var scaled = new Dataset(
            "scaled", data.Inputs, new ValueTargets([.. data.Values.Values.ToArray().Select(value => value * 1024)], ["price"]));
        var (model, other) = (Regressor.Train(data, Small), Regressor.Train(scaled, Small));
        Assert.Equal(model.Fingerprint, other.Fingerprint);
        float[] example = [0.1f, -0.5f, 0.7f];
        Assert.Equal(model.Predict(example)[0] * 1024, other.Predict(example)[0]);
    }

    [Fact]
    public void An_example_alone_has_the_bits_that_it_has_in_a_batch()
    {
        var data = Prices(300, targets: 2);
        var model = Regressor.Train(data, Small);
        var together = model.Predict(data.Inputs);
        Assert.Equal(300, together.Count);
        for (int i = 0; i < data.Count; i += 7)
            Assert.Equal(together[i], model.Predict(data.Inputs.Floats.Slice(3 * i, 3)));
    }

    [Fact]
    public void Figures_of_several_targets_are_means_over_targets()
    {
        var data = Prices(50, targets: 2);
        var model = Regressor.Train(data, Small);
        var errors = new List<double>[] { [], [] };
        var predictions = model.Predict(data.Inputs);
        for (int i = 0; i < 100; i++)
            errors[i % 2].Add(predictions[i / 2][i % 2] - data.Values.Values[i]);
        var report = model.Evaluate(data);
        Assert.Equal(errors.Average(list => Math.Sqrt(list.Average(error => error * error))), report.RootMeanSquaredError, 1e-9);
        Assert.Equal(errors.Average(list => list.Average(Math.Abs)), report.MeanAbsoluteError, 1e-9);
        double r2 = errors.Select((list, target) => 1 - list.Sum(error => error * error) / Spread(data, target)).Average();
        Assert.Equal(r2, report.R2, 1e-9);
        Assert.Equal(50, report.Count);
    }

    [Fact]
    public void R2_of_a_constant_is_1_or_0_and_of_one_example_nothing()
    {
        var constant = new ValueTargets([3, 3], ["y"]);
        Assert.Equal(1, Report(constant, [3, 3]).R2);
        Assert.Equal(0, Report(constant, [3, 4]).R2);
        Assert.Equal(0, Report(new ValueTargets([1, 3], ["y"]), [2, 2]).R2);
        Assert.Equal(double.NaN, Report(new ValueTargets([1], ["y"]), [1]).R2);

        static RegressionReport Report(ValueTargets targets, double[] predictions)
        {
            var errors = new RegressionErrors(targets);
            errors.Add(predictions);
            return errors.Report(0);
        }
    }

    [Fact]
    public void A_saved_regressor_predicts_the_same_bits()
    {
        var data = Prices(90, targets: 2);
        var model = Regressor.Train(data, Small);
        string path = files["model"];
        model.Save(path);
        var loaded = Regressor.Load(path);
        Assert.Equal(model.Predict(data.Inputs), loaded.Predict(data.Inputs));
        Assert.Equal(["price", "loss"], loaded.TargetNames);
        Assert.Equal(model.Evaluate(data), loaded.Evaluate(data));
        Assert.IsType<Regressor>(Model.Load(path));
        Assert.Contains("regression", Assert.Throws<InvalidInputException>(() => Classifier.Load(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_training_run_has_the_bits_of_one_that_was_not_interrupted()
    {
        var data = Prices(100);
        string path = files["part"];
        var whole = Regressor.Train(data, Small);
        var part = Training.Begin(data, Small);
        int batches = 0;
        using var cancellation = new CancellationTokenSource();
        var stop = new BatchAction(_ => { if (++batches == 38) cancellation.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => part.Epochs(stop, cancellation.Token).Count());
        part.Save(path);
        var resumed = Training.Resume(path, data);
        Assert.Equal(part.Position, resumed.Position);
        Assert.Equal(30 - part.Position.Epoch, resumed.Epochs().Count());
        Assert.Equal(whole.Fingerprint, resumed.Model.Fingerprint);
        Assert.Equal(whole.Fingerprint, RunToEnd(Training<Regressor>.Resume(path, data)).Fingerprint);
        Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(path, data));

        static Regressor RunToEnd(Training<Regressor> training)
        {
            _ = training.Epochs().Count();
            return training.Model;
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_threads()
    {
        var data = Prices(200, targets: 2);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            string fingerprint = Regressor.Train(data, Small with { Threads = threads }).Fingerprint;
            Assert.True(Digest == fingerprint, $"{threads} threads: {fingerprint}");
        }
    }

    [Fact]
    public void Data_of_another_kind_or_with_other_targets_do_not_fit()
    {
        var model = Regressor.Train(Prices(40), Small);
        Assert.Throws<InvalidInputException>(() => model.Evaluate(RandomData.Blobs(10, features: 3)));
        Assert.Throws<InvalidInputException>(() => model.Evaluate(Prices(10, targets: 2)));
        Assert.Throws<ArgumentException>(() => Regressor.Train(RandomData.Blobs(10)));
        Assert.Throws<ArgumentException>(() => Classifier.Train(Prices(10)));
        Assert.Throws<InvalidInputException>(() => model.Predict([float.NaN, 0, 0]));
    }

    [Fact]
    public void Weights_of_examples_count()
    {
        // Two targets for each input: the weights decide between them.
        float[] x = [0, 0, 1, 1];
        var targets = new ValueTargets([0, 10, 10, 20], ["y"]);
        var data = new Dataset("d", FeatureTable.FromFloats(x, 4, 1), targets, [1f, 0f, 1f, 0f]);
        var options = new TrainingOptions { Hidden = [], Epochs = 400, Optimizer = new AdamOptions { LearningRate = 0.05f } };
        var model = Regressor.Train(data, options);
        Assert.Equal(0, model.Predict([0f])[0], 0.1);
        Assert.Equal(10, model.Predict([1f])[0], 0.1);
    }

    [Fact]
    public void A_network_from_elsewhere_becomes_a_regressor()
    {
        var network = new Network(new Topology([2, 1], Activation.Identity, Activation.Identity));
        var parameters = network.EditParameters();
        parameters[0] = 2;
        parameters[1] = -1;
        parameters[2] = 0.5f;
        var model = Regressor.From(network, Preprocessing.Create([0f], [1f]), ["y"]);
        Assert.Equal([2 * 3 - 4 + 0.5], model.Predict([3f, 4f]));
        model = Regressor.From(network, Preprocessing.Create([0f], [1f]), ["y"], new TargetScaling([100], [10]));
        Assert.Equal([10 * 2.5 + 100], model.Predict([3f, 4f]));
        Assert.Throws<ArgumentException>(() => Regressor.From(network, Preprocessing.Create([0f], [1f]), ["y", "z"]));
        Assert.Throws<ArgumentException>(() => Regressor.From(network, Preprocessing.Create([0f], [1f]), ["y"], TargetScaling.None(2)));
    }

    private static double Spread(Dataset data, int target)
    {
        double[] values = [.. data.Values.Values.ToArray().Where((_, i) => i % data.Targets.Width == target)];
        return values.Sum(value => (value - values.Average()) * (value - values.Average()));
    }
}
