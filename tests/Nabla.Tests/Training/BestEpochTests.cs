namespace Nabla.Tests;

/// <summary>The epoch with the best validation score: how it is found, kept, and saved with an interrupted run.</summary>
public sealed class BestEpochTests : IDisposable
{
    private readonly TestFiles files = new();

    // There is nothing to learn, so that the score goes up and down.
    private static readonly Dataset Train = Noise(90, 1), Validation = Noise(20, 6);

    private static readonly TrainingOptions Small = new()
    {
        Hidden = [6], Epochs = 12, BatchSize = 16, Optimizer = new SgdOptions { LearningRate = 0.2f }, KeepBest = true,
    };

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_model_gets_the_parameters_of_the_last_of_the_best_epochs()
    {
        var (fingerprints, reports) = Run(Small with { KeepBest = false });
        double best = reports.Max(report => report["accuracy"]!.Value);
        int last = reports.FindLastIndex(report => report["accuracy"] == best);
        Assert.NotEqual(reports.Count - 1, last);
        Assert.NotEqual(reports.FindIndex(report => report["accuracy"] == best), last);

        var training = new Training<Classifier>(Train, Small, Validation);
        EpochReport[] epochs = [.. training.Epochs()];
        Assert.Equal(last, training.BestEpoch);
        Assert.Equal(fingerprints[last], training.Model.Fingerprint);
        Assert.Equal(best, training.Model.Evaluate(Validation).Accuracy);
        double soFar = 0;
        foreach (var epoch in epochs)
        {
            soFar = Math.Max(soFar, epoch["accuracy"]!.Value);
            Assert.Equal(epoch["accuracy"] == soFar, epoch.IsBest);
            Assert.Equal(epoch.IsBest, epoch.ToString().EndsWith(", best so far", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_best_epoch_of_values_has_the_lowest_error()
    {
        var (train, validation) = (Values(60, 1), Values(20, 2));
        var errors = new List<double>();
        var model = Regressor.Train(train, Small, validation, epoch => errors.Add(epoch["rmse"]!.Value));
        Assert.True(errors.Min() < errors[^1]);
        Assert.Equal(errors.Min(), model.Evaluate(validation).RootMeanSquaredError);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Training_ends_when_patience_runs_out(int patience)
    {
        var (fingerprints, reports) = Run(Small with { KeepBest = false });
        double best = double.NegativeInfinity;
        int reached = 0, kept = 0, end = 0;
        for (; end < reports.Count && (end == 0 || end - 1 - reached < patience); end++)
        {
            double accuracy = reports[end]["accuracy"]!.Value;
            if (accuracy > best)
                (best, reached) = (accuracy, end);
            if (accuracy == best)
                kept = end;
        }
        var training = new Training<Classifier>(Train, Small with { KeepBest = false, Patience = patience }, Validation);
        Assert.Equal(end, training.Epochs().Count());
        Assert.True(training.IsComplete);
        Assert.Empty(training.Epochs());
        Assert.Equal(kept, training.BestEpoch);
        Assert.Equal(fingerprints[kept], training.Model.Fingerprint);
        if (patience == 1)
            Assert.NotEqual(reports.Count, end);
    }

    [Fact]
    public void When_the_last_epoch_is_reported_the_model_is_the_best_one()
    {
        var training = new Training<Classifier>(Train, Small, Validation);
        string last = "";
        foreach (var epoch in training.Epochs())
        {
            if (training.IsComplete)
            {
                last = training.Model.Fingerprint;
                training.Save(files["model"]);
            }
        }
        Assert.Equal(training.Model.Fingerprint, last);
        Assert.Equal(last, Classifier.Load(files["model"]).Fingerprint);
    }

    [Theory]
    [InlineData(0, 3, null)]
    [InlineData(1, 0, null)]
    [InlineData(5, 4, null)]
    [InlineData(11, 2, null)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 5, 4)]
    public void An_interrupted_run_resumes_with_identical_results(int epoch, int batch, int? patience)
    {
        var options = Small with { Patience = patience, InputFactorRate = 3, Optimizer = new AdamOptions { LearningRate = 0.05f } };
        var whole = new Training<Classifier>(Train, options, Validation);
        int epochs = whole.Epochs().Count();

        using var cancellation = new CancellationTokenSource();
        var part = new Training<Classifier>(Train, options, Validation);
        var stop = new Stop(epoch, batch, cancellation);
        if (batch == 0)
            Assert.Equal(epoch, part.Epochs().Take(epoch).Count());
        else
            Assert.Throws<OperationCanceledException>(() => part.Epochs(stop, cancellation.Token).Count());
        part.Save(files["part"]);
        var resumed = Training<Classifier>.Resume(files["part"], Train, Validation);
        Assert.Equal(part.BestEpoch, resumed.BestEpoch);
        Assert.Equal(epochs, epoch + resumed.Epochs().Count());
        Assert.Equal(whole.BestEpoch, resumed.BestEpoch);
        Assert.Equal(whole.Model.Fingerprint, resumed.Model.Fingerprint);

        // The file itself has the parameters of the last step.
        Assert.Equal(part.Model.Fingerprint, Classifier.Load(files["part"]).Fingerprint);
    }

    [Fact]
    public void Other_validation_data_cannot_resume()
    {
        Interrupt();
        foreach (var other in (Dataset?[])[Noise(20, 7), null])
        {
            var error = Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(files["part"], Train, other));
            Assert.Equal("the validation data", error.Where);
            Assert.Contains("the best epoch is found with them", error.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_loss_finds_the_best_epoch_of_several_targets()
    {
        var rows = Enumerable.Range(0, 20).ToArray();
        Regressor Trained(params string[] names) => Regressor.Train(
            new Dataset("rows", FeatureTable.FromFloats([.. rows.Select(i => (float)i)], 20, 1), new ValueTargets(
                [.. rows.SelectMany(i => names.Select((_, target) => i * Math.Pow(1000, target)))], names)),
            new TrainingOptions { Hidden = [2], Epochs = 1 });
        var report = new RegressionReport(3, 2, 0.5, 20, 0.25);
        Assert.Equal(3, Trained("a").ErrorOf(report));
        Assert.Equal(0.25, Trained("a", "b").ErrorOf(report));
    }

    [Theory]
    [InlineData("\"reached\":0", "\"reached\":-1")]
    [InlineData("\"reached\":0", "\"reached\":9")]
    [InlineData("\"epoch\":0,\"reached\"", "\"epoch\":1,\"reached\"")]
    [InlineData("\"error\":", "\"error\":1e999,\"was\":")]
    [InlineData("\"validation\":", "\"was\":")]
    [InlineData("\"best\":", "\"was\":")]
    public void A_best_epoch_that_cannot_be_is_refused(string what, string instead)
    {
        Interrupt();
        using (var file = SafetensorsFile.Open(files["part"]))
        {
            var metadata = new Dictionary<string, string>(file.Metadata);
            Assert.Contains(what, metadata["nabla.position"], StringComparison.Ordinal);
            metadata["nabla.position"] = metadata["nabla.position"].Replace(what, instead, StringComparison.Ordinal);
            SafetensorsFile.Write(
                files["changed"], metadata,
                [.. file.Tensors.Select(t => (t.Name, t.Shape.ToArray(), (ReadOnlyMemory<float>)file.ReadFloats(t.Name)))]);
        }
        Assert.Contains(
            "changed", Assert.Throws<InvalidInputException>(() => Training<Classifier>.Resume(files["changed"], Train, Validation)).What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_epoch_needs_validation_data()
    {
        foreach (var options in (TrainingOptions[])[Small, Small with { KeepBest = false, Patience = 3 }])
        {
            var error = Assert.Throws<InvalidOptionException>(() => new Training<Classifier>(Train, options));
            Assert.Contains("no validation data", error.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOptionException>(() => new Training<Classifier>(Train, options, Validation.Select([])));
            Assert.Throws<InvalidOptionException>(() => Classifier.Train(Train, options));
        }
        Assert.Throws<InvalidOptionException>((Small with { Patience = 0 }).Validate);
    }

    private void Interrupt()
    {
        var part = new Training<Classifier>(Train, Small, Validation);
        Assert.Single(part.Epochs().Take(1));
        part.Save(files["part"]);
    }

    private static (List<string> Fingerprints, List<EpochReport> Reports) Run(TrainingOptions options)
    {
        var (fingerprints, reports) = (new List<string>(), new List<EpochReport>());
        var training = new Training<Classifier>(Train, options, Validation);
        foreach (var epoch in training.Epochs())
        {
            fingerprints.Add(training.Model.Fingerprint);
            reports.Add(epoch);
            Assert.False(epoch.IsBest);
        }
        Assert.Null(training.BestEpoch);
        return (fingerprints, reports);
    }

    private static Dataset Noise(int count, int seed)
    {
        var random = new Random(seed);
        float[] inputs = [.. Enumerable.Range(0, count * 4).Select(_ => (float)random.NextDouble())];
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3))];
        return new Dataset("noise", FeatureTable.FromFloats(inputs, count, 4), new ClassTargets(labels, ["a", "b", "c"]));
    }

    private static Dataset Values(int count, int seed)
    {
        var noise = Noise(count, seed);
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        return new Dataset("values", noise.Inputs, new ValueTargets(values, ["y"]));
    }

    private sealed class Stop(int epoch, int batch, CancellationTokenSource cancellation) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            if (value.Epoch == epoch && value.Batch == batch)
                cancellation.Cancel();
        }
    }
}
