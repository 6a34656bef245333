using CsCheck;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>The vectorized engine against the reference, which shares no arithmetic with it.</summary>
public class GradientAgreementTests
{
    /// <summary>What the error of a float32 gradient may be, as a share of its norm.</summary>
    private const double Allowed = 1e-5;

    /// <summary>
    /// An error may be so many times what rounding alone does to the gradient in double. Of 1.5 million networks 0.3 % are so sensitive
    /// that this is more than <see cref="Allowed"/>, and none of those went beyond 5 times; of the others none went beyond 3.2e-6.
    /// </summary>
    private const double TimesSensitivity = 10;

    /// <summary>Nearer to a kink, floats and doubles may stand on different sides of it, and both be right.</summary>
    private const double NearKink = 1e-5;

    private static readonly (int Loss, string Output)[] Pairs = [.. DrawnTargets.Pairs()];

    private static readonly Gen<(int[] Sizes, int Examples, int Activation, int Pair, int Seed)> Networks = Gen.Select(
        Gen.Int[1, 40].Array[2, 6], Gen.Int[1, 33], Gen.Int[0, ReferenceActivation.All.Count - 1], Gen.Int[0, Pairs.Length - 1], Gen.Int);

    [Fact]
    public void A_thousand_random_networks_have_the_reference_gradient()
    {
        int within = 0, sensitive = 0, nearKink = 0;
        // On failure CsCheck prints the seed; CsCheck_Seed=... replays it.
        Networks.Sample(
            network =>
            {
                var (loss, output) = Pairs[network.Pair];
                var agreement = Compare(
                    network.Sizes, network.Examples, ReferenceActivation.All[network.Activation], DrawnTargets.Losses().ElementAt(loss),
                    output, asValues: network.Seed % 2 != 0, network.Seed);
                if (agreement.ToKink < NearKink)
                    nearKink++;
                else if (agreement.Bound > Allowed)
                    sensitive++;
                else
                    within++;
                Assert.True(agreement.ToKink < NearKink || agreement.Error <= agreement.Bound, $"{agreement}");
            },
            iter: 1000, threads: 1);
        string counts = $"{within} networks agree within {Allowed}; {sensitive}, which rounding moves too far for that, "
            + $"within {TimesSensitivity} times that move; {nearKink} were too near a kink to be compared.";
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
        Assert.True(within >= 950, counts);
    }

    // Found at random: outputs all but saturated, or examples whose gradients all but cancel.
    [Theory]
    [InlineData(new[] { 16, 12, 17, 20, 16, 1 }, 1, "identity", "tanh", 87876)]
    [InlineData(new[] { 36, 19, 14, 1 }, 2, "identity", "tanh", 57855871)]
    [InlineData(new[] { 13, 26, 7, 12, 31, 1 }, 13, "identity", "tanh", -1508)]
    [InlineData(new[] { 18, 27, 25, 12, 18, 3 }, 5, "sigmoid", "relu", 522968261)]
    [InlineData(new[] { 12, 13, 3 }, 5, "sigmoid", "relu", -14048)]
    public void Networks_that_floats_cannot_follow_are_known_by_the_reference_alone(
        int[] sizes, int examples, string activation, string output, int seed)
    {
        var agreement = Compare(sizes, examples, ReferenceActivation.Create(activation), Loss.Quadratic, output, asValues: false, seed);
        Assert.True(agreement.Bound > Allowed, $"{agreement}");
        Assert.InRange(agreement.Error, 0, agreement.Bound);
    }

    [Fact]
    public void A_label_without_an_output_is_refused()
    {
        var network = InitialValues.Draw(new Topology([2, 3], Activation.Relu, Activation.Softmax), Initialization.He, 1);
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 2);
        foreach (int label in (int[])[3, -1])
        {
            var error = Assert.Throws<ArgumentException>(
                () => backpropagation.Gradient(new float[4], TargetBatch.FromLabels([label, 0]), new float[9]));
            Assert.Contains($"Label {label} of example 0", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_batch_that_no_buffer_holds_is_refused_with_a_remedy()
    {
        var network = new Network(new Topology([1, 1_000_000, 1], Activation.Relu, Activation.Sigmoid));
        var error = Assert.Throws<ArgumentException>(() => new Backpropagation(network, Loss.Quadratic, 5000));
        Assert.Contains("the activations of layer 0 for a batch of 5000 examples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_printed_has_the_reference_slip_too()
    {
        var (reference, network) = Pair(
            [6, 5, 3], ReferenceActivation.SigmoidAsPrinted, new QuadraticCost(ReferenceActivation.SigmoidAsPrinted), 3);
        var (inputs, targets) = Batch(reference, 7, Loss.Quadratic, asValues: false, new Random(5));
        double[] expected = ReferenceGradient(reference, [.. inputs.Select(value => (double)value)], targets.Ys, out _);
        Assert.InRange(Relative.Distance(expected, VectorizedGradient(network, Loss.Quadratic, inputs, targets)), 0, 1e-5);
    }

    public static TheoryData<string, bool> Optimizers() =>
        new(KindTexts.Variants(OptimizerOptions.All).SelectMany(kind => new[] { (kind, false), (kind, true) }));

    [Theory, MemberData(nameof(Optimizers))]
    public void Twenty_steps_of_each_optimizer_stay_with_the_reference(string kind, bool withFactors)
    {
        var (reference, network) = Pair([6, 8, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), 3);
        var random = new Random(5);
        var options = OptimizerOptions.All.Parse(kind).Kind with { LearningRate = 0.05f, L2 = 0.01f };
        var parameters = options.ParameterValues.Where(parameter => parameter.Key != "l2").ToDictionary();
        var factors = new ReferenceParameters([6, 8, 3]);
        factors.All.Fill(1);
        var blocks = network.Topology.Blocks.ToArray();
        if (withFactors)
        {
            (blocks[0], blocks[3]) = (blocks[0] with { LearningRateFactor = 0.5f }, blocks[3] with { LearningRateFactor = 3 });
            factors.Weights(0).Fill(0.5);
            factors.Biases(1).Fill(3);
        }
        var trainer = new ReferenceTrainer(reference, ReferenceOptimizer.Create(options.Name, parameters), options.L2, factors);
        var optimizer = Optimizer.Create(options, blocks);
        var gradient = new float[network.Parameters.Length];
        for (int step = 0; step < 20; step++)
        {
            var (inputs, targets) = Batch(reference, 10, Loss.CrossEntropy, asValues: false, random);
            trainer.UpdateMiniBatch([.. inputs.Select(x => (double)x)], targets.Ys);
            new Backpropagation(network, Loss.CrossEntropy, 10).Gradient(inputs, targets.Batch, gradient);
            optimizer.Step(network, gradient);
        }
        Assert.InRange(Relative.Distance(reference.Parameters.All.ToArray(), network.Topology.ByNeuron(network.Parameters)), 0, 1e-5);
    }

    private static Agreement Compare(
        int[] sizes, int examples, ReferenceActivation activation, Loss loss, string output, bool asValues, int seed)
    {
        var (reference, network) = Pair(sizes, activation, ReferenceCost.Create(loss.Name, output, loss.ParameterValues), seed);
        var (inputs, targets) = Batch(reference, examples, loss, asValues, new Random(seed));
        double[] xs = [.. inputs.Select(value => (double)value)], ys = targets.Ys;
        double[] expected = ReferenceGradient(reference, xs, ys, out double toKink);
        double error = Relative.Distance(expected, VectorizedGradient(network, loss, inputs, targets));
        return new Agreement(error, RoundedReference.Sensitivity(reference, xs, ys, expected, (ulong)seed), toKink);
    }

    /// <summary>The engines on one network.</summary>
    /// <param name="Error">Distance of their gradients, as a share of the norm.</param>
    /// <param name="Sensitivity">What rounding alone does to the gradient in double, as a share of the norm.</param>
    /// <param name="ToKink">The smallest |z| of a layer that bends at 0, or |a - y| of a cost that does.</param>
    private sealed record Agreement(double Error, double Sensitivity, double ToKink)
    {
        public double Bound => Math.Max(Allowed, TimesSensitivity * Sensitivity);
    }

    private static (ReferenceNetwork Reference, Network Network) Pair(
        int[] sizes, ReferenceActivation activation, ReferenceCost cost, int seed)
    {
        var hidden = Activation.All.Get(activation.Name);
        var output = Activation.All.Get(cost.Name.Split(' ')[^1]);
        var network = InitialValues.Draw(new Topology(sizes, hidden, output), Initialization.Scaled, (ulong)seed);
        if (IsSteep(activation))
        {
            foreach (ref float parameter in network.EditParameters())
                parameter /= 4;
        }
        var reference = new ReferenceNetwork(sizes, activation, cost);
        reference.Parameters.CopyFrom([.. network.Topology.ByNeuron(network.Parameters).Select(value => (double)value)]);
        return (reference, network);
    }

    /// <summary>Whether several layers of an activation overflow unless weights are small.</summary>
    private static bool IsSteep(ReferenceActivation activation)
    {
        double[] a = [0];
        activation.Apply([10.0], a);
        return a[0] > 100;
    }

    private static (float[] Inputs, DrawnTargets Targets) Batch(
        ReferenceNetwork network, int examples, Loss loss, bool asValues, Random random) => (
        [.. Enumerable.Range(0, examples * network.Sizes[0]).Select(_ => (float)(2 * random.NextDouble() - 1))],
        DrawnTargets.Draw(loss, asValues, examples, network.Sizes[^1], random));

    /// <summary>The mean gradient, and the smallest |z| of a layer that bends at 0, or |a - y| of a cost that does.</summary>
    private static double[] ReferenceGradient(ReferenceNetwork network, double[] xs, double[] ys, out double toKink)
    {
        int inputs = network.Sizes[0], outputs = network.Sizes[^1], examples = ys.Length / outputs;
        var nabla = new ReferenceParameters(network.Sizes);
        toKink = double.PositiveInfinity;
        for (int i = 0; i < examples; i++)
        {
            network.Backpropagate(xs.AsSpan(i * inputs, inputs), ys.AsSpan(i * outputs, outputs), nabla);
            for (int l = 0; l < network.Layers; l++)
            {
                bool bends = network.HasKink(l);
                foreach (double z in network.Z(l))
                    toKink = bends ? Math.Min(toKink, Math.Abs(z)) : toKink;
            }
            for (int j = 0; j < outputs && network.Cost.HasKinkAtTarget; j++)
                toKink = Math.Min(toKink, Math.Abs(network.A(network.Layers)[j] - ys[i * outputs + j]));
        }
        return [.. nabla.All.ToArray().Select(sum => sum / examples)];
    }

    private static float[] VectorizedGradient(Network network, Loss loss, float[] inputs, DrawnTargets targets)
    {
        var gradient = new float[network.Parameters.Length];
        new Backpropagation(network, loss, targets.Count, threads: 2).Gradient(inputs, targets.Batch, gradient);
        return network.Topology.ByNeuron(gradient);
    }
}
