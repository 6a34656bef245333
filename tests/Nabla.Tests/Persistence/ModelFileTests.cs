using System.Text;

namespace Nabla.Tests;

public sealed class ModelFileTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [9, 5], Epochs = 3, BatchSize = 16, Seed = 4 };

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_loaded_model_is_the_saved_one()
    {
        var data = RandomData.Images(120);
        var model = Classifier.Train(
            data, Small with { Scaling = Scaling.StandardizePerFeature, Optimizer = new SgdOptions { WeightDecay = 0.01f } });
        model.Notes["columns"] = "a, b and \"c\"";
        model.Save(PathOf("model"));
        var loaded = Classifier.Load(PathOf("model"));

        Assert.Equal(model.Fingerprint, loaded.Fingerprint);
        Assert.Equal(model.ClassNames, loaded.ClassNames);
        Assert.Equal(model.InputShape, loaded.InputShape);
        Assert.Equal(model.Notes, loaded.Notes);
        Assert.Equal(
            model.Options with { Hidden = [], OutputActivation = null }, loaded.Options with { Hidden = [], OutputActivation = null });
        Assert.Equal(model.Options.Hidden, loaded.Options.Hidden);
        Assert.Equal(model.Evaluate(data), loaded.Evaluate(data));
        Assert.Equal(model.Predict(data.Inputs)[7].Scores, loaded.Predict(data.Inputs)[7].Scores);
    }

    [Fact]
    public void Every_option_survives_the_file()
    {
        var options = new TrainingOptions
        {
            Hidden = [3], Activation = Activation.Tanh, Loss = Loss.CrossEntropy, OutputActivation = Activation.Sigmoid,
            Optimizer = new AdamOptions
            {
                LearningRate = 0.00123f, Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-7f, WeightDecay = 0.1f, Amsgrad = true,
            },
            Schedule = new CosineSchedule { Warmup = 0.25f }, BatchSize = 7, Epochs = 2, ClipNorm = 3.5f, ClipValue = 0.7f,
            Dropout = 0.3f, Scaling = Scaling.Standardize, Initialization = Initialization.Xavier,
            Shuffle = false, DropLastBatch = true, Seed = ulong.MaxValue,
            Augmentation = new()
            {
                Shift = 1.1f, Rotation = 12.3f, Zoom = 0.1f, Shear = 0.2f, ElasticStrength = 3.4f, ElasticSmoothness = 4.5f,
            },
        };
        Classifier.Train(RandomData.Images(30), options).Save(PathOf("model"));
        Assert.Equal(options with { Hidden = [] }, Classifier.Load(PathOf("model")).Options with { Hidden = [] });
    }

    [Fact]
    public void A_loaded_model_has_the_parameters_of_its_activations_and_predicts_with_the_same_bits()
    {
        var data = RandomData.Blobs(60);
        var model = Classifier.Train(data, Small with { Activation = new LeakyRelu { Slope = 0.2f } });
        model.Save(PathOf("model"));
        var loaded = Classifier.Load(PathOf("model"));
        Assert.Equal(new LeakyRelu { Slope = 0.2f }, loaded.Network.Topology.Layers[0].Activation);
        Assert.Equal(model.Predict(data.Inputs).Select(one => one.Scores), loaded.Predict(data.Inputs).Select(one => one.Scores));

        // The slope counts: with the default one the same weights give other scores.
        var usual = new Network(new Topology(model.Network.Topology.Sizes, Activation.LeakyRelu, Activation.Softmax));
        model.Network.Parameters.CopyTo(usual.EditParameters());
        var changed = Classifier.From(usual, model.Preprocessing, model.ClassNames);
        Assert.NotEqual(model.Predict(data.Inputs)[7].Scores, changed.Predict(data.Inputs)[7].Scores);
    }

    [Theory]
    [InlineData("reduce-on-plateau", true)]
    [InlineData("cosine", false)]
    public void Only_a_schedule_that_uses_the_loss_needs_the_same_validation_data(string schedule, bool isNeeded)
    {
        Dataset data = RandomData.Blobs(130), validation = RandomData.Blobs(40);
        var training = new Training<Classifier>(data, Small with { Epochs = 3, Schedule = Schedule.All.Get(schedule) }, validation);
        _ = training.Epochs().First();
        training.Save(PathOf("run"));
        Assert.Equal(3, 1 + Training<Classifier>.Resume(PathOf("run"), data, validation).Epochs().Count());
        foreach (var other in (Dataset?[])[RandomData.Blobs(41), null])
        {
            var error = Record.Exception(() => Training<Classifier>.Resume(PathOf("run"), data, other));
            Assert.Equal(isNeeded, error is InvalidInputException { Where: "the validation data" });
        }
    }

    [Fact]
    public void Targets_beyond_the_range_of_the_loss_are_refused_in_validation_and_evaluation()
    {
        Dataset Counts(double first) => new("counts", FeatureTable.FromFloats([1, 2, 3], 3, 1), new ValueTargets([first, 2, 3], ["n"]));
        var options = Small with { Loss = Loss.Poisson };
        Assert.Throws<InvalidOptionException>(() => new Training<Regressor>(Counts(1), options, validation: Counts(-1)));
        var model = Regressor.Train(Counts(1), options);
        Assert.Throws<InvalidOptionException>(() => model.Evaluate(Counts(-1)));
    }

    public static TheoryData<string, string, float, int, int> Interruptions()
    {
        var cases = new TheoryData<string, string, float, int, int>();
        foreach (string optimizer in KindTexts.Variants(OptimizerOptions.All))
            cases.Add(optimizer, "constant", 0, 1, 5);
        foreach (string schedule in Schedule.All.Names)
            cases.Add("sgd", schedule, 0, 2, 1);
        // The factor is reduced before the interruption and after it; in the first epoch nothing has been observed yet.
        cases.Add("sgd", "reduce-on-plateau:patience=0,threshold=0.9", 0, 2, 1);
        cases.Add("sgd", "reduce-on-plateau:patience=1,threshold=0.9", 0, 2, 4);
        cases.Add("adam", "reduce-on-plateau:patience=0,threshold=0.9", 0, 0, 3);
        cases.Add("adam", "constant", 0.3f, 1, 5);
        return cases;
    }

    [Theory, MemberData(nameof(Interruptions))]
    public void An_interrupted_training_run_resumes_with_identical_results(
        string optimizer, string schedule, float dropout, int epoch, int batch)
    {
        var data = RandomData.Blobs(130);
        var options = Small with
        {
            Epochs = 5, Optimizer = OptimizerOptions.All.Parse(optimizer).Kind, Schedule = Schedule.All.Parse(schedule).Kind,
            Dropout = dropout, ClipValue = 0.5f, LearningRateFactors = new Dictionary<string, float> { ["layers.1.bias"] = 0.5f },
        };
        var reports = new List<EpochReport>();
        string whole = Classifier.Train(data, options, onEpoch: reports.Add).Fingerprint;

        using var cancellation = new CancellationTokenSource();
        var interrupted = new Training<Classifier>(data, options);
        var stop = new Stop(epoch, batch, cancellation);
        Assert.Throws<OperationCanceledException>(() => interrupted.Epochs(stop, cancellation.Token).Count());
        interrupted.Save(PathOf("part"));

        var resumed = Training<Classifier>.Resume(PathOf("part"), data);
        Assert.Equal((epoch, batch), (resumed.Position.Epoch, resumed.Position.Batch));
        EpochReport[] rest = [.. resumed.Epochs()];
        Assert.Equal(whole, resumed.Model.Fingerprint);
        Assert.Equal(reports.Skip(epoch).Select(report => report.Loss), rest.Select(report => report.Loss));
    }

    [Fact]
    public void A_complete_training_run_cannot_be_resumed()
    {
        var data = RandomData.Blobs(50);
        var training = new Training<Classifier>(data, Small);
        Assert.Equal(3, training.Epochs().Count());
        training.Save(PathOf("model"));
        Assert.Contains("complete", Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(PathOf("model"), data)).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_cannot_resume_a_training_run()
    {
        var training = new Training<Classifier>(RandomData.Blobs(100), Small);
        Assert.Single(training.Epochs().Take(1));
        training.Save(PathOf("part"));
        Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(PathOf("part"), RandomData.Blobs(100, features: 7)));
        // As many examples as before, but not the same.
        var error = Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(PathOf("part"), RandomData.Blobs(100, seed: 2)));
        Assert.Contains("not those with which the training run began", error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"batch\":0", "\"batch\":1", "can have stopped at epoch 1, batch 1, example 0")]
    [InlineData("\"batch\":0", "\"batch\":2000000000", "can have stopped at epoch 1, batch 2000000000")]
    [InlineData("\"epoch\":1", "\"epoch\":3", "no training run of 3 epochs can have stopped at epoch 3")]
    [InlineData("\"epoch\":1", "\"epoch\":-1", "cannot be interrupted at epoch -1")]
    [InlineData("\"batch\":0", "\"batch\":-1", "cannot be interrupted at epoch 1, batch -1")]
    [InlineData("\"loss-sum\":0", "\"loss-sum\":1e999", "cannot be interrupted at")]
    [InlineData("\"examples\":0", "\"examples\":-1", "cannot be interrupted at")]
    [InlineData("\"batch\":0", "\"batch\":0,\"schedule\":{\"factor\":2,\"waited\":0}", "cannot have the factor 2")]
    [InlineData("\"batch\":0", "\"batch\":0,\"schedule\":{\"factor\":-1,\"waited\":0}", "cannot have the factor -1")]
    [InlineData("\"batch\":0", "\"batch\":0,\"schedule\":{\"factor\":1,\"waited\":-1}", "-1 epochs of waiting")]
    [InlineData("\"batch\":0", "\"batch\":0,\"schedule\":{\"factor\":1}", "\"waited\" is missing")]
    [InlineData("\"batch\":0", "\"batch\":0,\"schedule\":{\"factor\":1,\"best-loss\":\"low\",\"waited\":0}", "")]
    [InlineData("\"batch\":0", "\"batch\":0,\"schedule\":{\"factor\":1,\"best-loss\":1e999,\"waited\":0}", "the best loss Infinity")]
    public void A_position_that_no_training_run_can_have_is_refused(string what, string instead, string why)
    {
        var data = RandomData.Blobs(100);
        var training = new Training<Classifier>(data, Small);
        Assert.Single(training.Epochs().Take(1));
        training.Save(PathOf("part"));
        ChangedModel.Replace(PathOf("part"), "nabla.position", what, instead);
        var error = Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(PathOf("part"), data));
        Assert.Contains("part", error.What, StringComparison.Ordinal);
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_damage_to_the_metadata_is_an_error_that_names_the_file()
    {
        Classifier.Train(RandomData.Blobs(50), Small).Save(PathOf("model"));
        byte[] bytes = File.ReadAllBytes(PathOf("model"));
        int header = 8 + (int)BitConverter.ToInt64(bytes);
        int survived = 0;
        for (int i = 0; i < header; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x11;
            File.WriteAllBytes(PathOf("damaged"), damaged);
            try
            {
                Classifier.Load(PathOf("damaged"));
                survived++;
            }
            catch (InvalidInputException e)
            {
                Assert.Contains("damaged", e.What, StringComparison.Ordinal);
            }
        }
        // A changed seed, class name or learning rate is still a model.
        Assert.InRange(survived, 1, header / 2);
    }

    [Fact]
    public void Sizes_that_the_tensors_do_not_have_are_refused_before_anything_is_allocated()
    {
        Classifier.Train(RandomData.Blobs(50), Small).Save(PathOf("model"));
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(PathOf("model")));
        Assert.Contains("[9,5]", text, StringComparison.Ordinal);
        File.WriteAllBytes(PathOf("model"), Encoding.Latin1.GetBytes(text.Replace("[9,5]", "[999]", StringComparison.Ordinal)));
        var error = Assert.Throws<InvalidInputException>(() => Classifier.Load(PathOf("model")));
        Assert.Equal("tensor layers.0.weight", error.Where);
        Assert.Contains("[999, 6]", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_is_not_a_number_is_found()
    {
        Classifier.Train(RandomData.Blobs(50), Small).Save(PathOf("model"));
        byte[] bytes = File.ReadAllBytes(PathOf("model"));
        BitConverter.TryWriteBytes(bytes.AsSpan(8 + (int)BitConverter.ToInt64(bytes) + 8), float.NaN);
        File.WriteAllBytes(PathOf("model"), bytes);
        Assert.Equal(
            "tensor layers.0.weight, element 2", Assert.Throws<InvalidInputException>(() => Classifier.Load(PathOf("model"))).Where);
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".safetensors");

    private sealed class Stop(int epoch, int batch, CancellationTokenSource cancellation) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            if (value.Epoch == epoch && value.Batch == batch)
                cancellation.Cancel();
        }
    }
}
