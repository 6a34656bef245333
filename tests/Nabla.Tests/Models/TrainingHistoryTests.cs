namespace Nabla.Tests;

public sealed class TrainingHistoryTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [9, 5], Epochs = 4, BatchSize = 16, Seed = 4 };

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-").FullName;

    private string File => Path.Combine(folder, "model.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_model_file_has_what_each_epoch_reported()
    {
        var validation = RandomData.Blobs(40);
        var reports = new List<EpochReport>();
        var model = Classifier.Train(RandomData.Blobs(130), Small with { KeepBest = true }, validation, reports.Add);
        model.Save(File);
        var history = Model.Load(File).History;

        Assert.Equal(reports.Select(report => report.Loss), history.Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(reports.Select(report => report.Validation!.Loss), history.Epochs.Select(epoch => epoch.ValidationLoss!.Value));
        Assert.Equal(reports.Select(report => report["accuracy"]), history.Epochs.Select(epoch => epoch["accuracy"]));
        Assert.Equal(reports.SelectMany(report => report.Layers), history.Epochs.SelectMany(epoch => epoch.Layers));
        Assert.Equal(reports.FindLast(report => report.IsBest)!.Epoch, history.BestEpoch);
        Assert.All(history.Epochs, epoch => Assert.Equal(3, epoch.Layers.Count));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)] // A short batch follows, which is not measured.
    [InlineData(20)] // The only batch is short.
    public void The_measured_step_has_the_gradient_and_the_change_of_the_weights(int examples)
    {
        // The measured step is the first one. It is plain gradient descent, so that both figures follow from the gradient.
        const float rate = 0.05f;
        int measured = Math.Min(examples, 30);
        var data = RandomData.Blobs(examples);
        var options = Small with { Epochs = 1, BatchSize = 30, Optimizer = new SgdOptions { LearningRate = rate }, Shuffle = false };
        var training = new Training<Classifier>(data, options);
        float[] before = training.Model.Network.Parameters.ToArray();
        var topology = training.Model.Topology;
        var gradient = new float[before.Length];
        var inputs = new float[measured * data.Inputs.Columns];
        training.Model.Preprocessing.Apply(data.Inputs, Enumerable.Range(0, measured).ToArray(), inputs);
        new Backpropagation(training.Model.Network, training.Model.Options.Loss!, measured)
            .Gradient(inputs, TargetBatch.FromLabels(data.Classes.Labels[..measured]), gradient);
        var report = training.Epochs().Single();
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            double norm = Norm(topology.Weights(gradient, layer)), weights = Norm(topology.Weights(before, layer));
            Assert.Equal(norm, report.Layers[layer].GradientNorm, norm * 1e-6);
            Assert.Equal(rate * norm / weights, report.Layers[layer].UpdateRatio, rate * norm / weights * 1e-3);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(17)]
    [InlineData(18)]
    public void A_resumed_run_has_the_history_of_an_uninterrupted_one(int batches)
    {
        Dataset data = RandomData.Blobs(130), validation = RandomData.Blobs(40);
        var whole = Classifier.Train(data, Small, validation);
        whole.Save(File);
        byte[] expected = System.IO.File.ReadAllBytes(File);

        // Nine batches an epoch: the second is interrupted in the middle, after its last full batch, or after its last one.
        int done = 0;
        var training = new Training<Classifier>(data, Small, validation);
        var saving = new BatchAction(_ => { if (++done == batches) training.Save(File); });
        foreach (var _ in training.Epochs(saving))
        {
            if (done >= batches)
                break;
        }
        var resumed = Training<Classifier>.Resume(File, data, validation);
        Assert.Equal(1, resumed.Position.Epoch);
        foreach (var _ in resumed.Epochs())
        {
        }
        resumed.Save(File);
        Assert.Equal(expected, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_long_history_is_thinned_and_keeps_the_last_and_the_best_epoch()
    {
        var history = TrainingHistory.Empty;
        for (int epoch = 0; epoch < 5000; epoch++)
            history = history.With(new EpochRecord(epoch, 1, null, [], [default, default]), bestEpoch: Math.Min(epoch, 3333), layers: 2);
        Assert.Equal(3333, history.BestEpoch);
        Assert.Contains(history.Epochs, epoch => epoch.Epoch == 3333);
        Assert.Equal(4999, history.Epochs[^1].Epoch);
        Assert.InRange(history.Epochs.Count, 500, TrainingHistory.MostEpochs + 2);
        Assert.All(history.Epochs, epoch => Assert.True(epoch.Epoch % 8 == 0 || epoch.Epoch is 3333 or 4999));
    }

    [Fact]
    public void The_longest_history_survives_a_file()
    {
        var network = new Network(new Topology([4, 2], Activation.Relu, Activation.Softmax));
        var model = Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]);
        var epochs = Enumerable.Range(0, TrainingHistory.MostEpochs + 3).Select(i => new EpochRecord(i, 1, null, [], [])).ToArray();
        model.History = TrainingHistory.From(epochs[1..], null, layers: 1);
        model.Save(File);
        Assert.Equal(1002, Model.Load(File).History.Epochs.Count);
        var error = Assert.Throws<FormatException>(() => TrainingHistory.From(epochs, null, layers: 1));
        Assert.Contains("at most 1002 epochs, not 1003", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_best_epoch_of_which_there_is_no_record_is_left_out()
    {
        // A run that was interrupted by a version that kept no history.
        var history = TrainingHistory.Empty.With(new EpochRecord(4, 1, null, [], []), bestEpoch: 3, layers: 2);
        Assert.Null(history.BestEpoch);
        Assert.Equal([4], TrainingHistory.From(history.Epochs, history.BestEpoch, layers: 2).Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void An_engine_that_measures_no_layers_writes_a_history_that_can_be_read()
    {
        const int layers = 60;
        var history = TrainingHistory.Empty;
        for (int epoch = 0; epoch < 1000; epoch++)
            history = history.With(new EpochRecord(epoch, 1, null, [], []), bestEpoch: null, layers);
        Assert.Equal(history.Epochs.Count, TrainingHistory.From(history.Epochs, null, layers).Epochs.Count);
    }

    [Fact]
    public void Each_member_of_an_ensemble_keeps_its_history()
    {
        var training = new EnsembleTraining(RandomData.Blobs(60), Small, members: 3);
        training.Run();
        var model = training.CreateModel();
        model.Save(File);
        var loaded = Model.Load(File);
        Assert.Empty(loaded.History.Epochs);
        Assert.Equal(
            model.Members.SelectMany(member => member.History.Epochs).Select(epoch => epoch.Loss),
            loaded.Members.SelectMany(member => member.History.Epochs).Select(epoch => epoch.Loss));
        Assert.All(loaded.Members, member => Assert.Equal(Small.Epochs, member.History.Epochs.Count));
    }

    [Fact]
    public void A_history_that_is_too_long_for_a_file_is_left_out()
    {
        var training = new EnsembleTraining(RandomData.Blobs(60), Small with { Epochs = 1 }, members: 2);
        training.Run();
        var model = training.CreateModel();
        Assert.True(model.FitsHistory);
        // 1,000 epochs of 9,000 characters each: one such member fits, and two do not.
        EpochRecord Long(int epoch) => new(epoch, 1, null, [KeyValuePair.Create(new string('m', 9000), 1.0)], []);
        var history = TrainingHistory.From([.. Enumerable.Range(0, 1000).Select(Long)], null, layers: 3);
        model.Members[0].History = history;
        Assert.True(model.FitsHistory);
        model.Save(File);
        Assert.Equal(1000, Model.Load(File).Members[0].History.Epochs.Count);
        model.Members[1].History = history;
        Assert.False(model.FitsHistory);
        model.Save(File);
        Assert.All(Model.Load(File).Members, member => Assert.Empty(member.History.Epochs));
    }

    [Theory]
    [InlineData("""{"epochs":[{"epoch":0}]}""", "\"loss\" is missing")]
    [InlineData("""{"epochs":[{"epoch":1,"loss":1},{"epoch":1,"loss":1}]}""", "not in order")]
    [InlineData("""{"epochs":[{"epoch":-1,"loss":1}]}""", "not in order")]
    [InlineData("""{"epochs":[{"epoch":0,"loss":1,"layers":[[1,1]]}]}""", "has 1 layers, and the network 3")]
    [InlineData("""{"epochs":[{"epoch":0,"loss":1,"layers":[[1],[1],[1]]}]}""", "not a pair")]
    [InlineData("""{"epochs":[{"epoch":0,"loss":1e999}]}""", "not finite")]
    [InlineData("""{"epochs":[{"epoch":0,"loss":1,"validation-loss":1e999}]}""", "1e999 of its history is too large")]
    [InlineData("""{"epochs":[{"epoch":0,"loss":1,"layers":[[1,1],[1,1],[1e39,1]]}]}""", "1e39 of its history is too large")]
    [InlineData("""{"epochs":[{"epoch":0,"loss":1,"layers":[[1,1],[1,1],[null,1e38]]}]}""", null)]
    [InlineData("""{"best":7,"epochs":[{"epoch":0,"loss":1}]}""", "lacks the best epoch")]
    [InlineData("""{"epochs":7}""", "")]
    [InlineData("""{"epochs":[],"later":1}""", null)] // an unknown key, as of a later version
    [InlineData("{}", "\"epochs\" is missing")]
    [InlineData("[", "")]
    public void A_damaged_history_is_refused(string json, string? why)
    {
        Read(json, why);
    }

    [Fact]
    public void What_is_not_finite_is_not_a_number_after_reading()
    {
        var network = new Network(new Topology([4, 2], Activation.Relu, Activation.Softmax));
        var model = Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]);
        var metrics = new[] { KeyValuePair.Create("r2", double.NaN), KeyValuePair.Create("rmse", 0.25) };
        model.History = TrainingHistory.From(
            [new EpochRecord(3, 0.5, double.NegativeInfinity, metrics, [new LayerUpdate(float.PositiveInfinity, 0.125f)])],
            bestEpoch: null, layers: 1);
        model.Save(File);
        var read = Assert.Single(Model.Load(File).History.Epochs);
        Assert.Equal((3, 0.5, double.NaN), (read.Epoch, read.Loss, read.ValidationLoss!.Value));
        Assert.Equal(metrics, read.Metrics);
        Assert.Equal([new LayerUpdate(float.NaN, 0.125f)], read.Layers);
    }

    [Fact]
    public void A_hostile_history_is_refused_before_it_is_read()
    {
        string million = string.Join(',', Enumerable.Repeat("{}", 1_000_000));
        Read($$"""{"epochs":[{{million}}]}""", "at most 1002 are kept");
        Read($$"""{"epochs":[{{new string(' ', 1 << 24)}}]}""", "characters");
        string metrics = string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"m{i}\":0"));
        Read($$$"""{"epochs":[{"epoch":0,"loss":1,"metrics":{{{{metrics}}}}}]}""", "more than 16 metrics");
    }

    /// <param name="json">The history in a file.</param>
    /// <param name="why">A part of the message; null if the file is valid.</param>
    private static void Read(string json, string? why)
    {
        var network = new Network(new Topology([4, 9, 5, 2], Activation.Relu, Activation.Softmax));
        var model = Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]);
        var strings = new Dictionary<string, string> { [HistoryMetadata.Key] = json };
        if (why is null)
            HistoryMetadata.Read(strings, model);
        else
        {
            var error = Assert.Throws<FormatException>(() => HistoryMetadata.Read(strings, model));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return Math.Sqrt(sum);
    }
}
