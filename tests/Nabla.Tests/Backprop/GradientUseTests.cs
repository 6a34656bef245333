namespace Nabla.Tests;

public class GradientUseTests
{
    [Fact]
    public void A_gradient_longer_than_the_norm_is_shortened_to_it()
    {
        var data = RandomData.Blobs(40);
        var options = new TrainingOptions
        {
            Hidden = [5], BatchSize = 40, Epochs = 1, Optimizer = new SgdOptions { LearningRate = 1 }, Shuffle = false,
        };
        float[] before = [.. new Training<Classifier>(data, options).Model.Network.Parameters];
        double free = Distance(before, Classifier.Train(data, options).Network.Parameters);
        Assert.Equal(
            free / 4, Distance(before, Classifier.Train(data, options with { ClipNorm = (float)(free / 4) }).Network.Parameters), 1e-5);
    }

    [Fact]
    public void A_norm_that_no_gradient_reaches_changes_no_bit()
    {
        var data = RandomData.Pictures(200, side: 12);
        foreach (int threads in (int[])[1, 2, 3])
        {
            var options = new TrainingOptions { Hidden = [300, 20], BatchSize = 50, Epochs = 2, Threads = threads };
            Assert.Equal(
                Classifier.Train(data, options).Fingerprint, Classifier.Train(data, options with { ClipNorm = 1e30f }).Fingerprint);
        }
    }

    [Fact]
    public void A_factor_multiplies_the_learning_rate_of_its_block()
    {
        var topology = new Topology([2, 2], Activation.Sigmoid, Activation.Sigmoid);
        var network = new Network(topology);
        var blocks = topology.Blocks.Select(block => block.Decays ? block : block with { LearningRateFactor = 0.25f }).ToArray();
        Optimizer.Create(new SgdOptions { LearningRate = 1 }, blocks).Step(network, new float[] { 1, 1, 1, 1, 1, 1 });
        Assert.Equal([-1f, -1f, -1f, -1f, -0.25f, -0.25f], network.Parameters.ToArray());
        Assert.Throws<ArgumentException>(() => Optimizer.Create(new SgdOptions(), [blocks[1], blocks[0]]));
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
