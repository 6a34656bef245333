namespace Nabla.Tests;

/// <summary>Checkpoints of one training run: what they lose, keep and refuse.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [9, 5], Epochs = 4, BatchSize = 16, Seed = 4, Threads = 1 };
    private static readonly Dataset Train = RandomData.Blobs(130), Validation = RandomData.Blobs(40);

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("nabla-").FullName, "model.run");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    public static TheoryData<string> Kinds => ["adam", "momentum", "dropout", "keep-best", "plateau"];

    private static TrainingOptions Options(string kind) => kind switch
    {
        "momentum" => Small with { Optimizer = new MomentumOptions { LearningRate = 0.05f }, ClipNorm = 0.5f },
        "dropout" => Small with { Dropout = 0.3f },
        "keep-best" => Small with { Patience = 2, Epochs = 9 },
        "plateau" => Small with { Schedule = Schedule.All.Get("reduce-on-plateau") },
        _ => Small,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_stops_after_any_batch_ends_with_the_bits_of_an_uninterrupted_one(string kind)
    {
        var whole = new Training<Classifier>(Train, Options(kind), Validation);
        _ = whole.Epochs().Count();
        var checkpoints = new CheckpointFolder(folder);
        for (int stop = 1; stop < 14; stop += 4)
        {
            Interrupt(new Training<Classifier>(Train, Options(kind), Validation), stop, checkpoints);
            var resumed = new CheckpointFolder(folder).Resume(Train, Validation, threads: 3)!;
            Assert.Equal(stop, resumed.Position.Epoch * resumed.BatchCount + resumed.Position.Batch);
            _ = resumed.Epochs().Count();
            Assert.Equal(whole.Model.Fingerprint, resumed.Model.Fingerprint);
            checkpoints.Delete();
        }
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void The_last_two_and_the_best_are_kept()
    {
        // Labels that are wrong: the better the network learns, the worse it does on them.
        int[] wrong = [.. Validation.Classes.Labels.ToArray().Select(label => (label + 1) % Validation.Classes.Names.Count)];
        var measured = new Dataset("wrong", Validation.Inputs, new ClassTargets(wrong, Validation.Classes.Names));
        var training = new Training<Classifier>(Train, Small with { Epochs = 9 }, measured);
        var checkpoints = new CheckpointFolder(folder, keep: 2);
        double best = double.PositiveInfinity;
        string? bestFile = null;
        foreach (var epoch in training.Epochs())
        {
            if (training.IsComplete)
                break;
            string file = checkpoints.Save(training);
            if (epoch.Validation!.Loss <= best)
                (best, bestFile) = (epoch.Validation.Loss, file);
            Assert.Equal(file, checkpoints.Files[0]);
            Assert.InRange(checkpoints.Files.Count, 1, 3);
            Assert.Contains(bestFile, checkpoints.Files);
        }
        Assert.Equal(3, checkpoints.Files.Count); // so the best was neither of the last two
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_that_cannot_be_created_or_flushed_is_reported(bool isCreated)
    {
        Assert.SkipWhen(isCreated && OperatingSystem.IsWindows(), "folders are not flushed there");
        var output = new FlawedOutput();
        if (isCreated)
            output.OnOpenFolder = () => throw new IOException("the disk is gone");
        else
            output.OnCreateFolder = () => throw new IOException("the disk is gone");
        var training = new Training<Classifier>(Train, Small);
        _ = training.Epochs().First();
        var checkpoints = new CheckpointFolder(folder, output: output);
        Assert.Equal("the disk is gone", Assert.Throws<IOException>(() => checkpoints.Save(training)).Message);
        Assert.Empty(checkpoints.Files);
    }

    [Fact]
    public void Without_validation_data_none_is_the_best()
    {
        var training = new Training<Classifier>(Train, Small with { Epochs = 6 });
        var saved = new List<string>();
        foreach (var _ in training.Epochs().Take(5))
            saved.Add(new CheckpointFolder(folder, keep: 2).Save(training));
        Assert.Equal([saved[4], saved[3]], new CheckpointFolder(folder).Files);
    }

    [Fact]
    public void The_best_is_kept_and_damaged_ones_do_not_count_after_the_process_has_ended()
    {
        int[] wrong = [.. Validation.Classes.Labels.ToArray().Select(label => (label + 1) % Validation.Classes.Names.Count)];
        var measured = new Dataset("wrong", Validation.Inputs, new ClassTargets(wrong, Validation.Classes.Names));
        var training = new Training<Classifier>(Train, Small with { Epochs = 9 }, measured);
        var saved = new List<string>();
        foreach (var _ in training.Epochs().Take(7))
            saved.Add(new CheckpointFolder(folder, keep: 2).Save(training)); // as if each were of another process
        Assert.Equal([saved[6], saved[5], saved[0]], new CheckpointFolder(folder).Files); // each epoch is worse than the one before
        string damaged = Path.Combine(folder, "checkpoint-000099-00000000.safetensors");
        File.WriteAllText(damaged, "");
        string last = new CheckpointFolder(folder, keep: 2).Save(training);
        Assert.Equal([last, saved[5], saved[0]], new CheckpointFolder(folder).Files);
    }

    [Fact]
    public void A_change_of_any_byte_is_found_and_the_one_before_takes_its_place()
    {
        var checkpoints = new CheckpointFolder(folder);
        Interrupt(new Training<Classifier>(Train, Small, Validation), 3, checkpoints);
        string older = checkpoints.Files[0];
        Interrupt(new Training<Classifier>(Train, Small, Validation), 5, checkpoints);
        string newer = checkpoints.Files[0];
        byte[] bytes = File.ReadAllBytes(newer);
        for (int place = 0; place < bytes.Length; place += Math.Max(1, bytes.Length / 500))
        {
            bytes[place] ^= 4;
            File.WriteAllBytes(newer, bytes);
            bytes[place] ^= 4;
            int damaged = 0;
            Assert.Equal(older, checkpoints.FindNewest(_ => damaged++));
            Assert.Equal(1, damaged);
        }
        File.WriteAllBytes(newer, bytes[..^1]);
        Assert.Equal(older, checkpoints.FindNewest());
        File.WriteAllBytes(older, []);
        Assert.Throws<InvalidInputException>(() => checkpoints.FindNewest());
        Assert.Throws<InvalidInputException>(() => checkpoints.Resume(Train, Validation));
    }

    [Theory]
    [InlineData("checkpoint-000001-00000003.safetensors")]
    [InlineData("checkpoint-000000-00000004.safetensors")]
    public void A_checkpoint_with_the_name_of_another_is_refused(string name)
    {
        var checkpoints = new CheckpointFolder(folder);
        Interrupt(new Training<Classifier>(Train, Small), 3, checkpoints);
        string file = checkpoints.Files[0], renamed = Path.Combine(folder, name);
        File.Move(file, renamed);
        var error = Assert.Throws<InvalidInputException>(() => checkpoints.FindNewest());
        Assert.Equal(($"cannot use {renamed}", "its name"), (error.What, error.Where));
        Assert.Equal($"the checkpoint in it is {Path.GetFileName(file)}", error.Why);
        File.Move(renamed, file);
        Assert.Equal(file, checkpoints.FindNewest());
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_read_is_passed_over_and_stays()
    {
        var checkpoints = new CheckpointFolder(folder);
        Interrupt(new Training<Classifier>(Train, Small), 3, checkpoints);
        Interrupt(new Training<Classifier>(Train, Small), 5, checkpoints);
        string newer = checkpoints.Files[0], older = checkpoints.Files[1];
        using (new FileStream(newer, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var errors = new List<InvalidInputException>();
            Assert.Equal(older, checkpoints.FindNewest(errors.Add));
            var error = Assert.Single(errors);
            Assert.Equal($"cannot read {newer}", error.What);
            Assert.IsType<IOException>(error.InnerException);
            Interrupt(new Training<Classifier>(Train, Small), 7, new CheckpointFolder(folder, keep: 1));
            Assert.Equal(newer, checkpoints.Files[1]);
        }
        Assert.Equal(2, checkpoints.Files.Count); // the oldest is no longer kept
        File.Delete(checkpoints.Files[0]);
        Assert.Equal(newer, checkpoints.FindNewest());
    }

    [Theory]
    [InlineData("examples", "there were 130 examples, and there are 129")]
    [InlineData("features", "features, and have")]
    [InlineData("inputs", "the inputs differ")]
    [InlineData("targets", "the targets differ")]
    [InlineData("weights", "the weights of the examples differ")]
    public void Other_data_are_refused_and_the_difference_is_named(string what, string why)
    {
        var checkpoints = new CheckpointFolder(folder);
        Interrupt(new Training<Classifier>(Train, Small), 3, checkpoints);
        float[] values = Train.Inputs.Floats.ToArray();
        int columns = Train.Inputs.Columns;
        values[7] = MathF.BitIncrement(values[7]);
        int[] labels = [.. Train.Classes.Labels];
        labels[5] = (labels[5] + 1) % 3;
        var other = what switch
        {
            "examples" => Train.Select([.. Enumerable.Range(0, 129)]),
            "features" => new Dataset("other", FeatureTable.FromFloats(new float[130 * (columns + 1)], 130, columns + 1), Train.Targets),
            "inputs" => new Dataset("other", FeatureTable.FromFloats(values, 130, columns), Train.Targets),
            "targets" => new Dataset("other", Train.Inputs, new ClassTargets(labels, Train.Classes.Names)),
            _ => Train.WithWeights([.. Enumerable.Repeat(0.5f, 130)]),
        };
        var error = Assert.Throws<InvalidInputException>(() => checkpoints.Resume(other));
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_run_has_no_checkpoints()
    {
        var training = new Training<Classifier>(Train, Small);
        _ = training.Epochs().Count();
        Assert.Throws<InvalidOperationException>(() => new CheckpointFolder(folder).Save(training));
        Assert.Null(new CheckpointFolder(folder).Resume(Train));
        new CheckpointFolder(folder).Delete(); // nothing is there
    }

    [Theory]
    [InlineData("checkpoint-1.safetensors")]
    [InlineData("checkpoint-x-1.safetensors")]
    [InlineData("checkpoint-1-x.safetensors")]
    [InlineData("checkpoint-1--1.safetensors")]
    [InlineData("checkpoint-1-2-3.safetensors")]
    public void Files_of_other_names_are_no_checkpoints_and_stay(string name)
    {
        var checkpoints = new CheckpointFolder(folder);
        Interrupt(new Training<Classifier>(Train, Small), 3, checkpoints);
        File.WriteAllText(Path.Combine(folder, name), "");
        Assert.Equal(["checkpoint-000000-00000003.safetensors"], checkpoints.Files.Select(Path.GetFileName));
        Assert.Equal($"{folder}: 1 checkpoints", checkpoints.ToString());
        checkpoints.Delete();
        Assert.Equal([name], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_model_that_is_complete_is_no_checkpoint_even_with_a_checksum()
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "checkpoint-000000-00000001.safetensors");
        ModelFile.SaveWithChecksum(Classifier.Train(Train, Small), file, output: null);
        var error = Assert.Throws<InvalidInputException>(() => new CheckpointFolder(folder).FindNewest());
        Assert.Equal("no training run can be resumed from it", error.Why);
    }

    [Fact]
    public void The_best_is_the_one_with_the_lowest_loss_that_is_a_number()
    {
        double?[] losses = [double.NaN, 2, 1, null, double.NaN, 1, 3, 3, 3];
        var training = new Training<Classifier>(Train, Small with { Epochs = 11 });
        var checkpoints = new CheckpointFolder(folder, keep: 1);
        foreach (var epoch in training.Epochs().Take(losses.Length))
        {
            training.Model.History = TrainingHistory.Empty.With(
                new EpochRecord(epoch.Epoch, 1, losses[epoch.Epoch], [], []), bestEpoch: null, layers: 3);
            checkpoints.Save(training);
            double[] known = [.. losses.Take(epoch.Epoch + 1).Select(loss => loss is { } value && !double.IsNaN(value) ? value : 1e9)];
            int best = Array.IndexOf(known, known.Min()) + 1; // of several, the first
            Assert.Contains($"checkpoint-{best:D6}-00000000.safetensors", checkpoints.Files.Select(Path.GetFileName));
            Assert.Equal(best == epoch.Epoch + 1 ? 1 : 2, checkpoints.Files.Count);
        }
    }

    [Fact]
    public void Files_are_deleted_through_the_given_output()
    {
        int deleted = 0;
        var checkpoints = new CheckpointFolder(folder, keep: 1, new FlawedOutput { OnDelete = () => deleted++ });
        var training = new Training<Classifier>(Train, Small);
        foreach (var epoch in training.Epochs().Take(3))
        {
            training.Model.History = TrainingHistory.Empty.With(new(epoch.Epoch, 1, -epoch.Epoch, [], []), bestEpoch: null, layers: 3);
            checkpoints.Save(training);
        }
        Assert.Equal(2, deleted);
        checkpoints.Delete();
        Assert.Equal(3, deleted);
    }

    [Fact]
    public void At_least_one_is_kept()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointFolder(folder, keep: 0));
        Assert.Equal("every 1epoch: x: 0 checkpoints",
            new CheckpointWriter(new CheckpointFolder("x"), CheckpointInterval.EveryEpochs(1)).ToString());
    }

    [Fact]
    public void Time_decides_when_a_checkpoint_is_due()
    {
        var clock = new StoppedClock();
        var checkpoints = new CheckpointFolder(folder, keep: 100);
        var writer = new CheckpointWriter(checkpoints, CheckpointInterval.Every(TimeSpan.FromSeconds(60)), clock);
        var training = new Training<Classifier>(Train, Small);
        _ = training.Epochs(new BatchAction(_ =>
        {
            clock.Now += TimeSpan.FromSeconds(25);
            writer.AfterBatch(training);
        })).Take(1).Count();
        Assert.Equal([9, 6, 3], checkpoints.Files.Select(file => int.Parse(file[^20..^12], null)));
        writer.AfterEpoch(training);
        Assert.Equal(3, checkpoints.Files.Count);
        _ = training.Epochs().Count();
        clock.Now += TimeSpan.FromSeconds(60);
        writer.AfterBatch(training); // it is due, and the run is complete
        Assert.False(writer.Save(training));
        Assert.Equal(3, checkpoints.Files.Count);
    }

    [Fact]
    public void The_number_of_epochs_decides_when_a_checkpoint_is_due()
    {
        var checkpoints = new CheckpointFolder(folder, keep: 100);
        var writer = new CheckpointWriter(checkpoints, CheckpointInterval.EveryEpochs(2));
        var training = new Training<Classifier>(Train, Small with { Epochs = 7 });
        foreach (var _ in training.Epochs(new BatchAction(_ => writer.AfterBatch(training))))
            writer.AfterEpoch(training);
        Assert.Equal([6, 4, 2], checkpoints.Files.Select(file => int.Parse(file[^27..^21], null)));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_stops_nothing()
    {
        File.WriteAllText(folder, "a file where the folder would be");
        int errors = 0;
        var writer = new CheckpointWriter(new CheckpointFolder(folder), CheckpointInterval.EveryEpochs(1), onError: _ => errors++);
        var training = new Training<Classifier>(Train, Small);
        foreach (var _ in training.Epochs())
            writer.AfterEpoch(training);
        Assert.Equal(Small.Epochs - 1, errors);
        Assert.True(new CheckpointWriter(new CheckpointFolder(folder), CheckpointInterval.Never).Save(
            new Training<Classifier>(Train, Small))); // an error of which nobody wants to know
        Assert.Equal(Classifier.Train(Train, Small).Fingerprint, training.Model.Fingerprint);
    }

    /// <summary>Trains a number of batches, and saves a checkpoint.</summary>
    private static void Interrupt(Training training, int batches, CheckpointFolder checkpoints)
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => training.Epochs(
            new BatchAction(progress =>
            {
                if (progress.Epoch * training.BatchCount + progress.Batch == batches)
                    stop.Cancel();
            }),
            stop.Token).Count());
        checkpoints.Save(training);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
