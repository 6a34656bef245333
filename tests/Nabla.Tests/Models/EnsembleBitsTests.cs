namespace Nabla.Tests;

/// <summary>The bits of small ensembles stay the same, however their members share the threads.</summary>
public class EnsembleBitsTests
{
    private static readonly PinnedDigests Digests = new("EnsembleBitsTests.txt");
    private static readonly TrainingOptions Small = new() { Hidden = [5], Epochs = 4, BatchSize = 16, Seed = 3 };

    [Theory]
    [InlineData(1)] // one after another
    [InlineData(2)] // two at a time
    [InlineData(3)] // three at a time
    [InlineData(4)] // all at once
    [InlineData(6)] // one after another, each by six threads
    public void The_bits_do_not_depend_on_threads(int threads)
    {
        var options = Small with { Threads = threads };
        Check("classifier", new EnsembleTraining(RandomData.Blobs(103), options, 4), threads);
        Check("regressor", new EnsembleTraining(EnsembleData.Values(83), options, 4), threads);
    }

    private static void Check(string name, EnsembleTraining training, int threads)
    {
        training.Run();
        var model = training.CreateModel();
        Digests.Check(name, model.Fingerprint);
        Assert.All(model.Members, member => Assert.Equal(threads, member.Options.Threads));
    }
}
