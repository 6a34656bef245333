namespace Nabla.Tests;

/// <summary>Ensembles whose training is interrupted and resumed.</summary>
public sealed class EnsembleCheckpointTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [6], Epochs = 5, BatchSize = 16, Seed = 5 };
    private static readonly Dataset Data = RandomData.Blobs(90);

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("nabla-").FullName, "model.run");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    private EnsembleCheckpoints Store(Action<InvalidInputException>? onDamaged = null) =>
        new(folder, CheckpointInterval.EveryEpochs(1), onDamaged: onDamaged);

    private static EnsembleTraining Training(IMemberStore? store, int threads, TrainingOptions? options = null) =>
        new(Data, (options ?? Small) with { Threads = threads }, 3, store: store);

    private static string Whole()
    {
        var training = Training(null, 1);
        training.Run();
        return training.CreateModel().Fingerprint;
    }

    /// <summary>Ends the training after a number of batches.</summary>
    private void Interrupt(int batches, int threads)
    {
        using var stop = new CancellationTokenSource();
        int count = 0;
        var training = Training(Store(), threads);
        Assert.Throws<OperationCanceledException>(() => training.Run(progress: new CountedBatches(() =>
        {
            if (++count == batches)
                stop.Cancel();
        }), cancellationToken: stop.Token));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(9, 1)]
    [InlineData(27, 1)]
    [InlineData(50, 2)]
    public void A_resumed_training_has_the_bits_of_an_uninterrupted_one(int batches, int threads)
    {
        Interrupt(batches, threads);
        var resumed = Training(Store(), threads: 3 - threads);
        int trained = 0;
        resumed.Run(progress: new CountedBatches(() => trained++));
        Assert.Equal(Whole(), resumed.CreateModel().Fingerprint);
        Assert.Equal(3 * 5 * 4 - batches, trained); // no batch is trained twice
        Assert.All(resumed.Members, member => Assert.Equal(5, member.Epochs));
    }

    [Fact]
    public void There_are_members_if_one_is_done_or_has_a_checkpoint()
    {
        var store = Store();
        Assert.False(store.HasMembers); // there is no folder
        Interrupt(2, 1);
        Assert.True(store.HasMembers);
        Assert.False(store.IsTrained(0));
        store.Delete();
        Interrupt(25, 1);
        Assert.True(store.IsTrained(0));
        foreach (string checkpoints in Directory.GetDirectories(folder))
            Directory.Delete(checkpoints, recursive: true);
        Assert.True(store.HasMembers);
        File.Move(Directory.GetFiles(folder).Single(), Path.Combine(folder, "run.json"));
        Assert.False(store.HasMembers);
    }

    [Fact]
    public void Nothing_is_left_after_deleting()
    {
        Interrupt(25, 1);
        Assert.True(Directory.Exists(folder));
        File.WriteAllText(Path.Combine(folder, ".nabla-left.tmp"), "of a process that was killed");
        Store().Delete();
        Assert.False(Directory.Exists(folder));
        Store().Delete(); // nothing is there
    }

    [Fact]
    public void Other_files_stay()
    {
        Interrupt(25, 1);
        File.WriteAllText(Path.Combine(folder, "run.json"), "{}");
        int deleted = 0;
        new EnsembleCheckpoints(folder, CheckpointInterval.Never, output: new FlawedOutput { OnDelete = () => deleted++ }).Delete();
        Assert.InRange(deleted, 2, 9); // through the given output: a member and checkpoints
        Assert.Equal(["run.json"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Other_options_are_refused_and_named()
    {
        Interrupt(25, 1);
        var other = Training(Store(), 1, Small with { BatchSize = 8 });
        var error = Assert.Throws<InvalidInputException>(() => other.Run());
        Assert.Contains("batch-size was 16, and is 8", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_are_refused()
    {
        Interrupt(25, 1);
        var other = new EnsembleTraining(RandomData.Blobs(91), Small with { Threads = 1 }, 3, store: Store());
        Assert.Throws<InvalidInputException>(() => other.Run());
    }

    [Fact]
    public void A_damaged_member_is_trained_again()
    {
        Interrupt(25, 1);
        string member = Directory.GetFiles(folder, "member-*.safetensors").Single();
        byte[] bytes = File.ReadAllBytes(member);
        foreach (bool isTold in new[] { true, false })
        {
            File.WriteAllBytes(member, bytes[..^3]);
            int damaged = 0;
            var resumed = Training(Store(isTold ? _ => damaged++ : null), 1);
            resumed.Run();
            Assert.Equal(isTold ? 1 : 0, damaged);
            Assert.Equal(Whole(), resumed.CreateModel().Fingerprint);
        }
    }

    [Fact]
    public void Any_changed_byte_of_a_member_is_found()
    {
        Interrupt(25, 1);
        string member = Directory.GetFiles(folder, "member-*.safetensors").Single();
        byte[] bytes = File.ReadAllBytes(member);
        for (int place = 0; place < bytes.Length; place += 7)
        {
            bytes[place] ^= 1;
            File.WriteAllBytes(member, bytes);
            bytes[place] ^= 1;
            int damaged = 0;
            Assert.Null(Store(_ => damaged++).FindTrained(0, Small, Data, Data));
            Assert.Equal(1, damaged);
        }
    }

    [Fact]
    public void A_model_that_is_no_member_of_this_training_is_refused()
    {
        Interrupt(25, 1);
        string member = Directory.GetFiles(folder, "member-*.safetensors").Single();
        var model = ModelFile.LoadWithChecksum(member);
        Assert.True(model.Notes.Remove("member-data"));
        ModelFile.SaveWithChecksum(model, member, output: null);
        var error = Assert.Throws<InvalidInputException>(() => Training(Store(), 1).Run());
        Assert.Contains("not those with which the member was trained", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_stops_nothing()
    {
        File.WriteAllText(folder, "a file where the folder would be");
        int errors = 0, calls = 0;
        var store = new EnsembleCheckpoints(folder, CheckpointInterval.Never, onError: _ => Interlocked.Increment(ref errors))
        {
            BeforeSaving = () => Interlocked.Increment(ref calls),
        };
        var training = Training(store, 1);
        training.Run();
        Assert.Equal((3, 3), (errors, calls));
        Assert.Equal(Whole(), training.CreateModel().Fingerprint);
        Assert.All(training.Members, member => Assert.Empty(member.Model.Notes));
        training = Training(new EnsembleCheckpoints(folder, CheckpointInterval.Never), 1);
        training.Run();
        Assert.Equal(Whole(), training.CreateModel().Fingerprint);
        Assert.Equal($"{folder}, every none", store.ToString());
    }

    [Fact]
    public void What_is_saved_is_announced()
    {
        int calls = 0;
        var store = new EnsembleCheckpoints(folder, CheckpointInterval.EveryEpochs(2))
        {
            BeforeSaving = () => Interlocked.Increment(ref calls),
        };
        Training(store, 1).Run();
        Assert.Equal(3 * (2 + 1), calls); // epochs 2 and 4 of each member, and the member itself
    }

    [Fact]
    public void Other_rows_in_the_fold_of_a_member_that_is_done_are_refused()
    {
        Interrupt(25, 1);
        int row = Training(null, 1).Folds[0][0];
        float[] values = Data.Inputs.Floats.ToArray();
        values[row * Data.Inputs.Columns] += 1;
        var changed = new Dataset("changed", FeatureTable.FromFloats(values, Data.Count, Data.Inputs.Columns), Data.Targets);
        var other = new EnsembleTraining(changed, Small with { Threads = 1 }, 3, store: Store());
        Assert.Contains("they are not those", Assert.Throws<InvalidInputException>(() => other.Run()).Why, StringComparison.Ordinal);
    }

    private sealed class CountedBatches(Action action) : IProgress<MemberProgress>
    {
        public void Report(MemberProgress value) => action();
    }
}
