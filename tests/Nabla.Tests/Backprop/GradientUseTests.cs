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
    public void Each_number_of_a_gradient_is_limited_before_its_norm()
    {
        var data = RandomData.Blobs(40);
        var options = new TrainingOptions
        {
            Hidden = [5], BatchSize = 40, Epochs = 1, Optimizer = new SgdOptions { LearningRate = 1 }, Shuffle = false,
        };
        float[] before = [.. new Training<Classifier>(data, options).Model.Network.Parameters];
        float[] gradient = Gradient(options);
        float limit = gradient.Max(MathF.Abs) / 3;
        float[] limited = [.. gradient.Select(slope => Math.Clamp(slope, -limit, limit))];
        Assert.Equal(0, Distance(limited, Gradient(options with { ClipValue = limit })), 1e-5);
        double norm = Distance(limited, new float[limited.Length]);
        float[] both = Gradient(options with { ClipValue = limit, ClipNorm = (float)(norm / 2) });
        Assert.Equal(0, Distance([.. limited.Select(slope => slope / 2)], both), 1e-5);

        // What one step of gradient descent takes away.
        float[] Gradient(TrainingOptions options) =>
            [.. before.Zip(Classifier.Train(data, options).Network.Parameters.ToArray(), (was, now) => was - now)];
    }

    [Fact]
    public void Limits_that_no_gradient_reaches_change_no_bit()
    {
        var data = RandomData.Images(200, side: 12);
        foreach (int threads in (int[])[1, 2, 3])
        {
            var options = new TrainingOptions { Hidden = [300, 20], BatchSize = 50, Epochs = 2, Threads = threads };
            string free = Classifier.Train(data, options).Fingerprint;
            Assert.Equal(free, Classifier.Train(data, options with { ClipNorm = 1e30f }).Fingerprint);
            Assert.Equal(free, Classifier.Train(data, options with { ClipValue = 1e30f }).Fingerprint);
        }
    }

    [Fact]
    public void Clipped_training_has_the_same_bits_with_any_number_of_threads()
    {
        var data = RandomData.Images(200, side: 12);
        var options = new TrainingOptions { Hidden = [300, 20], BatchSize = 50, Epochs = 2, ClipNorm = 0.2f, ClipValue = 0.01f };
        int[] threads = [1, 2, 3];
        Assert.Single(threads.Select(count => Classifier.Train(data, options with { Threads = count }).Fingerprint).Distinct());
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

    [Fact]
    public void Stars_stand_for_all_blocks_that_are_not_named()
    {
        Layer[] layers = [new Layer(3, Activation.Tanh), new Layer(2, Activation.Sigmoid)];
        var factors = new Dictionary<string, float> { ["*.bias"] = 0.1f, ["layers.1.bias"] = 2, ["*.weight"] = 3 };
        Assert.Equal([3f, 3f, 0.1f, 2f], new Topology(4, layers, factors).Blocks.Select(block => block.LearningRateFactor));
        Assert.Equal(
            [1.5f, (float)(3 / double.Sqrt(3)), 0.1f, 2f],
            new Topology(4, layers, factors, neuralTangent: true).Blocks.Select(block => block.LearningRateFactor));
        foreach (var (name, factor) in new Dictionary<string, float> { ["*.gain"] = 1, ["*"] = 1, ["*.bias"] = -1 })
            Assert.Throws<InvalidOptionException>(() => new Topology(4, layers, new Dictionary<string, float> { [name] = factor }));
    }

    [Fact]
    public void Factors_are_given_by_the_names_of_blocks()
    {
        var data = RandomData.Blobs(40);
        var options = new TrainingOptions
        {
            Hidden = [5], Epochs = 1,
            LearningRateFactors = new Dictionary<string, float> { ["layers.0.weight"] = 0, ["layers.1.bias"] = 0.5f },
        };
        var before = new Training<Classifier>(data, options).Model.Network;
        var after = Classifier.Train(data, options).Network;
        Assert.Equal([0f, 1f, 1f, 0.5f], after.Topology.Blocks.Select(block => block.LearningRateFactor));
        Assert.Equal(before.Weights(0), after.Weights(0));
        Assert.NotEqual(before.Biases(0).ToArray(), after.Biases(0).ToArray());
        (string, float)[] wrong = [("layers.2.bias", 1), ("layers.0.bias", -1), ("layers.0.bias", float.NaN)];
        foreach (var (name, factor) in wrong)
        {
            var error = Assert.Throws<InvalidOptionException>(
                (options with { LearningRateFactors = new Dictionary<string, float> { [name] = factor } }).Validate);
            Assert.Contains(name, error.Problem, StringComparison.Ordinal);
        }
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
