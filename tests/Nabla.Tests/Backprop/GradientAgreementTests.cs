using CsCheck;
using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>The vectorized engine against the reference, which shares no arithmetic with it.</summary>
public class GradientAgreementTests
{
    private static readonly Gen<(int[] Sizes, int Examples, int Activation, int Output, int Seed)> Networks = Gen.Select(
        Gen.Int[1, 40].Array[2, 6], Gen.Int[1, 33], Gen.Int[0, ReferenceActivation.All.Count - 1], Gen.Int[0, ReferenceCost.All.Count - 1], Gen.Int);

    [Fact]
    public void A_thousand_random_networks_have_the_reference_gradient()
    {
        int compared = 0;
        // On failure CsCheck prints the seed; CsCheck_Seed=... replays it.
        Networks.Sample(
            network =>
            {
                double error = RelativeError(network.Sizes, network.Examples, network.Activation, network.Output, network.Seed, out bool nearKink);
                if (nearKink)
                    return true;
                Interlocked.Increment(ref compared);
                return error <= 1e-5;
            },
            iter: 1000, threads: 1);
        Assert.True(compared > 800, $"Only {compared} networks were far enough from a kink to be compared.");
    }

    [Fact]
    public void A_label_without_an_output_is_refused()
    {
        var network = InitialValues.Draw(new Topology([2, 3], Activation.Relu, Activation.Softmax), Initialization.He, 1);
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 2);
        foreach (int label in (int[])[3, -1])
        {
            var error = Assert.Throws<ArgumentException>(() => backpropagation.Gradient(new float[4], [label, 0], new float[9]));
            Assert.Contains($"Label {label} of example 0", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_batch_that_no_buffer_holds_is_refused_with_a_remedy()
    {
        var network = new Network(new Topology([1, 1_000_000, 1], Activation.Relu, Activation.Sigmoid));
        var error = Assert.Throws<ArgumentException>(() => new Backpropagation(network, Loss.Quadratic, 5000));
        Assert.Contains("smaller batches or layers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_printed_has_the_reference_slip_too()
    {
        var (reference, network) = Pair([6, 5, 3], ReferenceActivation.SigmoidAsPrinted, new QuadraticCost(ReferenceActivation.SigmoidAsPrinted), 3);
        double[] expected = ReferenceGradient(reference, 7, new Random(5), out float[] inputs, out int[] labels);
        Assert.InRange(Distance(expected, VectorizedGradient(network, Loss.Quadratic, inputs, labels)), 0, 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Twenty_steps_of_each_optimizer_stay_with_the_reference(bool adam)
    {
        var (reference, network) = Pair([6, 8, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), 3);
        var random = new Random(5);
        OptimizerOptions options = adam ? new AdamOptions { LearningRate = 0.01f } : new SgdOptions { LearningRate = 0.3f };
        ReferenceOptimizer slow = adam ? new ReferenceAdam(0.01f, 0.9f, 0.999f, 1e-8f) : new ReferenceSgd(0.3f);
        var trainer = new ReferenceTrainer(reference, slow, l2: 0.01f);
        var optimizer = options.Create(network.Topology, l2: 0.01f, ThreadTeam.Of(2));
        var gradient = new float[network.Parameters.Length];
        for (int step = 0; step < 20; step++)
        {
            var (inputs, labels) = Batch(reference, 10, random);
            trainer.UpdateMiniBatch([.. inputs.Select(x => (double)x)], OneHotOf(labels, 3));
            new Backpropagation(network, Loss.CrossEntropy, 10).Gradient(inputs, labels, gradient);
            optimizer.Step(gradient, network.Parameters);
        }
        Assert.InRange(Distance(reference.Parameters.All.ToArray(), network.Parameters), 0, 1e-5);
    }

    private static double RelativeError(int[] sizes, int examples, int activation, int cost, int seed, out bool nearKink)
    {
        var (reference, network) = Pair(sizes, ReferenceActivation.All[activation], ReferenceCost.All[cost], seed);
        double[] expected = ReferenceGradient(reference, examples, new Random(seed), out float[] inputs, out int[] labels, out nearKink);
        var loss = ReferenceCost.All[cost] is QuadraticCost ? Loss.Quadratic : Loss.CrossEntropy;
        return Distance(expected, VectorizedGradient(network, loss, inputs, labels));
    }

    private static (ReferenceNetwork Reference, Network Network) Pair(int[] sizes, ReferenceActivation activation, ReferenceCost cost, int seed)
    {
        Assert.True(OptionNames.TryParse(activation.Name, out Activation hidden));
        Assert.True(OptionNames.TryParse(cost.Name.Split(' ')[^1], out Activation output));
        var network = InitialValues.Draw(new Topology(sizes, hidden, output), Initialization.Scaled, (ulong)seed);
        var reference = new ReferenceNetwork(sizes, activation, cost);
        reference.Parameters.CopyFrom([.. network.Parameters.ToArray().Select(value => (double)value)]);
        return (reference, network);
    }

    private static (float[] Inputs, int[] Labels) Batch(ReferenceNetwork network, int examples, Random random) => (
        [.. Enumerable.Range(0, examples * network.Sizes[0]).Select(_ => (float)(2 * random.NextDouble() - 1))],
        [.. Enumerable.Range(0, examples).Select(_ => random.Next(network.Sizes[^1]))]);

    private static double[] ReferenceGradient(ReferenceNetwork network, int examples, Random random, out float[] inputs, out int[] labels) =>
        ReferenceGradient(network, examples, random, out inputs, out labels, out _);

    /// <summary>The mean gradient; near a kink, floats and doubles may stand on different sides of it, and both be right.</summary>
    private static double[] ReferenceGradient(
        ReferenceNetwork network, int examples, Random random, out float[] inputs, out int[] labels, out bool nearKink)
    {
        (inputs, labels) = Batch(network, examples, random);
        var nabla = new ReferenceParameters(network.Sizes);
        nearKink = false;
        for (int i = 0; i < examples; i++)
        {
            double[] x = [.. inputs.Skip(i * network.Sizes[0]).Take(network.Sizes[0]).Select(value => (double)value)];
            network.Backpropagate(x, OneHotOf([labels[i]], network.Sizes[^1]), nabla);
            for (int l = 0; l < network.Layers; l++)
                nearKink |= (l < network.Layers - 1 ? network.Activation.HasKink : network.Cost.HasKink) && network.Z(l).ContainsAnyInRange(-1e-5, 1e-5);
        }
        return [.. nabla.All.ToArray().Select(sum => sum / examples)];
    }

    private static float[] VectorizedGradient(Network network, Loss loss, float[] inputs, int[] labels)
    {
        var gradient = new float[network.Parameters.Length];
        new Backpropagation(network, loss, labels.Length, threads: 2).Gradient(inputs, labels, gradient);
        return gradient;
    }

    private static double[] OneHotOf(int[] labels, int classes)
    {
        var ys = new double[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++)
            OneHot.Encode(labels[i], ys.AsSpan(i * classes, classes));
        return ys;
    }

    private static double Distance(double[] expected, ReadOnlySpan<float> actual)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            norm += expected[i] * expected[i];
        }
        // A gradient of exactly zero (a dead network) leaves nothing to divide by.
        return norm == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / norm);
    }
}
