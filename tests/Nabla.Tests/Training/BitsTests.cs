namespace Nabla.Tests;

/// <summary>
/// The digests of small training runs, the same for every vector width, number of threads and system. They change only when a promise
/// is changed on purpose; CI compares them at five instruction-set levels.
/// </summary>
public class BitsTests
{
    public static TheoryData<string, string> Digests() => new()
    {
        { "exercise-2", "sha256:a491133dea954914828bb0c2be5fed9b95b46572f9c18a34a832469568ae3329" },
        { "as-printed", "sha256:149b1e16ff120b2cc6a12d9634ec3f90c3a01f5837df1a761e82ef30d36a6be1" },
        { "default", "sha256:2347a970c99a814b3dfc9c47c47a051a59e9fd7f43c1de6c039eac834a42394e" },
    };

    [Theory]
    [MemberData(nameof(Digests))]
    public void Small_training_runs_have_their_digest_with_any_number_of_threads(string preset, string digest)
    {
        var train = RandomData.Images(430);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            var options = Presets.All[preset].ForClasses with
            {
                Epochs = 3, BatchSize = 50, Threads = threads, Seed = 7, Hidden = [37, 18],
            };
            string fingerprint = Classifier.Train(train, options).Fingerprint;
            Assert.True(digest == fingerprint, $"{preset} with {threads} threads: {fingerprint}");
        }
    }

    public static TheoryData<string, string> InitialDigests() => new()
    {
        { "lecun", "sha256:06562bd14a5bd0ba695fa39e6167bc520f311e23a4b8dc4e49bd54063175e7dd" },
        { "orthogonal", "sha256:d1b9e4aad66f59b5433a1784bcfa433714eedb7d6cf51d569de5263ae9bf99c9" },
    };

    [Theory]
    [MemberData(nameof(InitialDigests))]
    public void Initial_values_have_their_digest(string method, string digest)
    {
        var topology = new Topology([30, 20, 25], Activation.Tanh, Activation.Identity);
        Assert.Equal(digest, InitialValues.Draw(topology, Initialization.All.Get(method), seed: 5).Fingerprint);
    }

    public static TheoryData<string, ulong> ScheduleDigests() => new()
    {
        { "step", 15359144081079930880 },
        { "exponential", 11483883979391975584 },
        { "inverse-scaling", 13784525327924823779 },
        { "cosine", 3559065092155735313 },
        { "one-cycle", 5458479832021185715 },
        { "coslog4", 152994581314161449 },
    };

    [Theory]
    [MemberData(nameof(ScheduleDigests))]
    public void Schedules_have_their_digest(string name, ulong digest)
    {
        ulong bits = 0;
        for (long step = 0; step < 100; step++)
        {
            double rate = Schedule.All.Get(name).LearningRate(0.3f, step, steps: 100, stepsPerEpoch: 10);
            bits = unchecked(31 * bits + BitConverter.DoubleToUInt64Bits(rate));
        }
        Assert.Equal(digest, bits);
    }

    // Small enough that each thread takes its own examples through all layers, or so large that all share each operation.
    [Theory]
    [InlineData(new[] { 37, 18 }, "unit", "sha256:295fe6b558cce0427bf265e98ec7d62fc1b29e86d46fd208b19d6846b01a7059")]
    [InlineData(new[] { 37, 18 }, "standardize", "sha256:4059310f54616a923858a18927cd7c9c07e5bf000e5dc77aa9c5010bae828c47")]
    [InlineData(new[] { 400, 370 }, "unit", "sha256:34c40e55c5690c7a31ff1fc1cdf539d207db34d2fb2abdfbde84b4b32125e744")]
    public void Training_runs_with_dropout_have_their_digest_with_any_number_of_threads(int[] hidden, string scaling, string digest)
    {
        var train = RandomData.Images(230);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            var options = new TrainingOptions
            {
                Hidden = hidden, Dropout = 0.3f, Scaling = Scaling.All.Get(scaling), Epochs = 2, BatchSize = 50, Seed = 7,
                Threads = threads,
            };
            string fingerprint = Classifier.Train(train, options).Fingerprint;
            Assert.True(digest == fingerprint, $"{threads} threads: {fingerprint}");
        }
    }

    [Theory]
    [InlineData("unit", "sha256:ae0431554f5d969b52c37cd9c38819c81c71035464b345acf910e107242a8dfb")]
    [InlineData("standardize", "sha256:76eca744b7755b95838c192704b5517b454dfcd4ee1d7b7ef987665503bc6348")]
    public void Training_runs_with_augmentation_have_their_digest_with_any_number_of_threads(string scaling, string digest)
    {
        var train = RandomData.Images(230, side: 10);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            var options = new TrainingOptions
            {
                Hidden = [37, 18], Dropout = 0.1f, Scaling = Scaling.All.Get(scaling), Epochs = 2, BatchSize = 50, Seed = 7,
                Threads = threads, Augmentation = AugmentationTests.Everything,
            };
            string fingerprint = Classifier.Train(train, options).Fingerprint;
            Assert.True(digest == fingerprint, $"{threads} threads: {fingerprint}");
        }
    }

    [Fact]
    public void Another_seed_gives_other_bits()
    {
        var train = RandomData.Blobs(100);
        var options = new TrainingOptions { Hidden = [5], Epochs = 1 };
        Assert.NotEqual(
            Classifier.Train(train, options with { Seed = 1 }).Fingerprint, Classifier.Train(train, options with { Seed = 2 }).Fingerprint);
    }

    [Fact]
    public void Two_training_runs_at_once_do_not_disturb_each_other()
    {
        var train = RandomData.Images(300);
        var options = new TrainingOptions { Hidden = [40], Epochs = 4, BatchSize = 32, Threads = 2 };
        string alone = Classifier.Train(train, options).Fingerprint;
        var together = new string[4];
        Parallel.For(0, together.Length, i => together[i] = Classifier.Train(train, options).Fingerprint);
        Assert.All(together, fingerprint => Assert.Equal(alone, fingerprint));
    }
}
