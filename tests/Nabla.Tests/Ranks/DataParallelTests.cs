namespace Nabla.Tests;

/// <summary>Training on several ranks: the bits depend on the number of shards alone.</summary>
public sealed class DataParallelTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [17, 9], Epochs = 2, BatchSize = 30, Seed = 3, Threads = 1 };

    public static TheoryData<string> Kinds =>
        ["adam", "dropout and clipping", "clipped values", "regressor", "images", "weights", "short batches"];

    private static (Dataset Data, TrainingOptions Options) Case(string kind) => kind switch
    {
        "dropout and clipping" => (RandomData.Blobs(130), Small with { Dropout = 0.3f, ClipNorm = 0.1f, ClipValue = 0.05f }),
        "clipped values" => (RandomData.Blobs(130), Small with { ClipValue = 0.001f }),
        "regressor" => (Values(), Small with { Optimizer = new MomentumOptions(), Patience = 1, Epochs = 4 }),
        "images" => (RandomData.Images(90), Small with { Augmentation = new Augmentation { Shift = 1, Rotation = 10 } }),
        "weights" => (RandomData.Blobs(130), Small with { ClassWeights = ClassWeights.Balanced, InputFactorRate = 2 }),
        "short batches" => (RandomData.Blobs(33), Small with { BatchSize = 16 }), // the last one has a single example
        _ => (RandomData.Blobs(130), Small),
    };

    private static Dataset Values()
    {
        var blobs = RandomData.Blobs(130);
        double[] values = [.. blobs.Classes.Labels.ToArray().Select(label => 1.5 * label)];
        return new Dataset("values", blobs.Inputs, new ValueTargets(values, ["y"]));
    }

    private static Training Begin(Dataset data, TrainingOptions options, ICommunicator ranks) => Training.Begin(
        data, options, options.KeepsBest ? data : null, DataParallelEngine.On(ranks));

    /// <summary>The fingerprint and the loss on each rank, and the steps that were measured.</summary>
    private static HashSet<(string, double, string)> Train(Dataset data, TrainingOptions options, int ranks)
    {
        var results = new HashSet<(string, double, string)>();
        LocalCommunicators.Run(ranks, communicator =>
        {
            // Ranks may have other numbers of threads.
            var training = Begin(data, options with { Threads = 1 + communicator.Rank % 2 }, communicator);
            double loss = training.Epochs().Last().Loss;
            lock (results)
                results.Add((training.Model.Fingerprint, loss, MeasuredSteps(training)));
        });
        return results;
    }

    private static string MeasuredSteps(Training training) =>
        string.Join(", ", training.Model.History.Epochs.SelectMany(epoch => epoch.Layers).Select(layer => layer.ToString()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_number_of_ranks_gives_the_same_bits(string kind)
    {
        var (data, options) = Case(kind);
        foreach (int shards in (int[])[2, 5, 8])
        {
            var alone = Training.Begin(data, options with { Shards = shards }, options.KeepsBest ? data : null);
            double loss = alone.Epochs().Last().Loss;
            foreach (int ranks in (int[])[1, 2, 3, 4, 5, 8, 9])
            {
                Assert.Equal(
                    [(alone.Model.Fingerprint, loss, MeasuredSteps(alone))], Train(data, options with { Shards = shards }, ranks));
            }
        }
    }

    [Fact]
    public void A_single_shard_has_the_bits_of_a_batch_that_is_not_cut()
    {
        var (data, options) = Case("adam");
        var alone = Training.Begin(data, options);
        double loss = alone.Epochs().Last().Loss;
        Assert.Equal([(alone.Model.Fingerprint, loss, MeasuredSteps(alone))], Train(data, options, ranks: 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shards_compute_the_gradient_of_the_batch(string kind)
    {
        var (data, options) = Case(kind);
        options = options with { Epochs = 1, Optimizer = new SgdOptions { LearningRate = 0.1f }, Patience = null, InputFactorRate = null };
        var whole = Training.Begin(data, options);
        var cut = Training.Begin(data, options with { Shards = 4 });
        Assert.Equal(whole.Epochs().Single().Loss, cut.Epochs().Single().Loss, 1e-5);
        Assert.NotEqual(whole.Model.Fingerprint, cut.Model.Fingerprint); // another order of additions
        foreach (var (expected, actual) in whole.Model.Network.Parameters.ToArray().Zip(cut.Model.Network.Parameters.ToArray()))
            Assert.Equal(expected, actual, 1e-5f);
    }

    [Fact]
    public void A_run_is_resumed_with_its_shards()
    {
        var (data, options) = Case("adam");
        options = options with { Shards = 5 };
        var whole = Training.Begin(data, options);
        _ = whole.Epochs().Count();
        var training = Training.Begin(data, options);
        _ = training.Epochs().First();
        using var files = new TestFiles();
        training.Save(files["half.safetensors"]);
        var resumed = Training.Resume(files["half.safetensors"], data);
        _ = resumed.Epochs().Count();
        Assert.Equal(whole.Model.Fingerprint, resumed.Model.Fingerprint);
        Assert.Equal(5, resumed.Model.Options.Shards);
    }

    /// <summary>The number of ranks before and after.</summary>
    [Theory]
    [InlineData("adam", 3, 1)]
    [InlineData("adam", 2, 4)]
    [InlineData("regressor", 2, 3)]
    [InlineData("dropout and clipping", 3, 2)]
    [InlineData("weights", 2, 1)]
    public void A_run_is_saved_in_the_middle_of_an_epoch_and_resumed_on_other_ranks(string kind, int before, int after)
    {
        var (data, options) = Case(kind);
        options = options with { Shards = 4 };
        string whole = Train(data, options, ranks: 1).Single().Item1;
        using var files = new TestFiles();
        foreach (bool isCancelled in (bool[])[false, true])
        {
            LocalCommunicators.Run(before, communicator => TrainHalf(data, options, communicator, files, isCancelled));
            LocalCommunicators.Run(after, communicator =>
            {
                var resumed = Training.Resume(files["half.safetensors"], data, options.KeepsBest ? data : null, 1, communicator);
                Assert.NotEqual(0, resumed.Position.Batch);
                _ = resumed.Epochs().Count();
                Assert.Equal(whole, resumed.Model.Fingerprint);
            });
        }
    }

    private static void TrainHalf(Dataset data, TrainingOptions options, ICommunicator communicator, TestFiles files, bool isCancelled)
    {
        using var stop = new CancellationTokenSource();
        var training = Begin(data, options, communicator);
        var steps = new BatchAction(progress =>
        {
            if (progress is not { Epoch: 1, Batch: 2 })
                return;
            if (isCancelled)
            {
                stop.Cancel();
                return;
            }
            training.ShareState();
            if (communicator.Rank == communicator.Size - 1)
                training.Save(files["half.safetensors"]);
        });
        try
        {
            _ = training.Epochs(steps, stop.Token).Count();
        }
        catch (OperationCanceledException) when (isCancelled && communicator.Rank == 0)
        {
            training.Save(files["half.safetensors"]);
        }
        catch (OperationCanceledException) when (isCancelled)
        {
        }
    }

    [Fact]
    public void A_part_of_the_state_is_not_saved()
    {
        using var files = new TestFiles();
        LocalCommunicators.Run(2, communicator =>
        {
            var training = Begin(RandomData.Blobs(130), Small, communicator);
            var saving = new BatchAction(_ => Assert.Throws<InvalidOperationException>(() => training.Save(files["part.safetensors"])));
            _ = training.Epochs(saving).First();
            training.Save(files[$"{communicator.Rank}.safetensors"]); // between epochs, each rank has all
        });
        Assert.False(File.Exists(files["part.safetensors"]));
        Assert.Equal(File.ReadAllBytes(files["0.safetensors"]), File.ReadAllBytes(files["1.safetensors"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_is_at_least_one_shard(int shards) =>
        Assert.Throws<InvalidOptionException>(() => Training.Begin(RandomData.Blobs(10), Small with { Shards = shards }));
}
