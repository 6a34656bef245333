using CsCheck;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>The vectorized engine against the reference, which shares no arithmetic with it.</summary>
public class GradientAgreementTests
{
    /// <summary>What the error of a float32 gradient may be, as a share of its norm.</summary>
    private const double Allowed = 1e-5;

    /// <summary>
    /// An error may be so many times what rounding alone does to the gradient in double. Of 60,000 networks 4 % are so sensitive that this
    /// is more than <see cref="Allowed"/>; the largest error was 3.3 times what rounding does, or 3.3 times <see cref="Allowed"/>.
    /// </summary>
    private const double TimesSensitivity = 10;

    /// <summary>Nearer to a kink, floats and doubles may stand on different sides of it, and both be right.</summary>
    private const double NearKink = 1e-5;

    /// <summary>
    /// Terms of smaller gradients underflow in floats, whose smallest normal number is 1.2e-38: errors are shares of this then, not of the
    /// norm.
    /// </summary>
    private const double Vanishing = 1e-35;

    private static readonly (int Loss, string Output)[] Pairs = [.. DrawnTargets.Pairs()];

    // Activations of more than this are avoided.
    private const double Large = 100;

    // Dropout in each hidden layer of every other network.
    private const float Dropout = 0.3f;

    /// <summary>Networks of all catalogues and both tasks: each hidden layer has an activation of its own.</summary>
    private static readonly Gen<(int[] Sizes, int[] Activations, int Initialization, (int Examples, int Pair, int Seed) Batch)> Networks =
        Gen.Select(
            Gen.Int[1, 40].Array[2, 6], Gen.Int[0, ReferenceActivation.All.Count - 1].Array[4],
            Gen.Int[0, Initialization.All.Count - 1], Gen.Select(Gen.Int[1, 33], Gen.Int[0, Pairs.Length - 1], Gen.Int));

    [Fact]
    public void A_thousand_random_networks_have_the_reference_gradient()
    {
        int within = 0, sensitive = 0, nearKink = 0;
        // On failure CsCheck prints the seed; CsCheck_Seed=... replays it.
        Networks.Sample(
            network =>
            {
                var (sizes, activations, initialization, (examples, pair, seed)) = network;
                var (loss, output) = Pairs[pair];
                var agreement = Compare(
                    sizes, [.. activations.Take(sizes.Length - 2).Select(i => ReferenceActivation.All[i])],
                    Initialization.All[initialization], examples, DrawnTargets.Losses().ElementAt(loss), output, Settings.From(seed), seed);
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
        Assert.True(within >= 900, counts);
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
        var activations = Enumerable.Repeat(ReferenceActivation.Create(activation), sizes.Length - 2).ToArray();
        var agreement = Compare(sizes, activations, Initialization.Scaled, examples, Loss.Quadratic, output, default, seed);
        Assert.True(agreement.Bound > Allowed, $"{agreement}");
        Assert.InRange(agreement.Error, 0, agreement.Bound);
    }

    // Found at random, too: z of the output is about -300, and the slope of elu there is exp(-300).
    [Fact]
    public void A_gradient_below_the_range_of_floats_is_zero()
    {
        string[] names = ["mish", "sigmoid", "identity", "gelu"];
        ReferenceActivation[] activations = [.. names.Select(name => ReferenceActivation.Create(name))];
        var agreement = Compare(
            [3, 16, 40, 27, 36, 1], activations, Initialization.StandardNormal, 20, Loss.Quadratic, "elu", Settings.From(-1663), -1663);
        Assert.InRange(agreement.Error, 0, Vanishing);
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
        double[] expected = ReferenceGradient(
            reference, new ReferenceBatch([.. inputs.Select(value => (double)value)], targets.Ys, [], []), out _);
        Assert.InRange(Relative.Distance(expected, VectorizedGradient(network, Loss.Quadratic, inputs, targets)), 0, 1e-5);
    }

    public static TheoryData<string, bool> Optimizers() =>
        new(KindTexts.Variants(OptimizerOptions.All).SelectMany(kind => new[] { (kind, false), (kind, true) }));

    [Theory, MemberData(nameof(Optimizers))]
    public void Twenty_steps_of_each_optimizer_stay_with_the_reference(string kind, bool withFactors)
    {
        var (reference, network) = Pair([6, 8, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), 3);
        var random = new Random(5);
        var options = OptimizerOptions.All.Parse(kind).Kind with { LearningRate = 0.05f, WeightDecay = 0.01f };
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
        var trainer = new ReferenceTrainer(reference, ReferenceOptimizer.Create(options.Name, parameters), options.WeightDecay, factors);
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
        int[] sizes, ReferenceActivation[] activations, Initialization initialization, int examples, Loss loss, string output,
        Settings settings, int seed)
    {
        var (reference, network) = Pair(
            sizes, activations, ReferenceCost.Create(loss.Name, output, loss.ParameterValues), seed, initialization,
            settings.Drops ? Dropout : 0);
        var (inputs, targets) = Batch(reference, examples, loss, settings.AsValues, new Random(seed), settings.IsWeighted);
        var draw = new DropoutDraw((ulong)seed, Epoch: 1);
        var batch = new ReferenceBatch(
            [.. inputs.Select(value => (double)value)], targets.Ys, [.. targets.Weights.Select(weight => (double)weight)],
            [.. Enumerable.Range(0, examples).SelectMany(i => draw.Factors(network.Topology, i)).Select(factor => (double)factor)]);
        Moderate(reference, network, batch);
        double[] expected = ReferenceGradient(reference, batch, out double toKink);
        double norm = Math.Sqrt(expected.Sum(value => value * value));
        double error = Math.Min(1, norm / Vanishing) * Relative.Distance(
            expected, VectorizedGradient(network, loss, inputs, targets, draw));
        return new Agreement(error, RoundedReference.Sensitivity(reference, batch, expected, (ulong)seed), toKink);
    }

    /// <summary>What a random network has besides its shape and kinds.</summary>
    private readonly record struct Settings(bool AsValues, bool IsWeighted, bool Drops)
    {
        public static Settings From(int seed) => new((seed & 1) != 0, (seed & 2) != 0, (seed & 4) != 0);
    }

    /// <summary>The engines on one network.</summary>
    /// <param name="Error">Distance of their gradients, as a share of the norm, or of <see cref="Vanishing"/> if that is larger.</param>
    /// <param name="Sensitivity">What rounding alone does to the gradient in double, as a share of the norm.</param>
    /// <param name="ToKink">The smallest distance of a z from a kink of its activation, or |a - y| of a cost that bends there.</param>
    private sealed record Agreement(double Error, double Sensitivity, double ToKink)
    {
        public double Bound => Math.Max(Allowed, TimesSensitivity * Sensitivity);
    }

    private static (ReferenceNetwork Reference, Network Network) Pair(
        int[] sizes, ReferenceActivation activation, ReferenceCost cost, int seed) =>
        Pair(sizes, [.. Enumerable.Repeat(activation, sizes.Length - 2)], cost, seed, Initialization.Scaled, dropout: 0);

    private static (ReferenceNetwork Reference, Network Network) Pair(
        int[] sizes, ReferenceActivation[] activations, ReferenceCost cost, int seed, Initialization initialization, float dropout)
    {
        var layers = activations.Select((hidden, i) => new Layer(sizes[i + 1], Activation.All.Get(hidden.Name)) { Dropout = dropout });
        var output = new Layer(sizes[^1], Activation.All.Get(cost.Name.Split(' ')[^1]));
        var network = InitialValues.Draw(new Topology(sizes[0], [.. layers, output]), initialization, (ulong)seed);
        var reference = new ReferenceNetwork(sizes, activations, cost);
        CopyParameters(network, reference);
        return (reference, network);
    }

    /// <summary>
    /// Halves the parameters of both until no activation is large, with dropout as it is in this batch: exponentials of exponentials
    /// overflow a float.
    /// </summary>
    private static void Moderate(ReferenceNetwork reference, Network network, ReferenceBatch batch)
    {
        while (!Enumerable.Range(0, batch.Examples(reference)).All(IsModerate))
        {
            foreach (ref float parameter in network.EditParameters())
                parameter /= 2;
            CopyParameters(network, reference);
        }

        bool IsModerate(int example)
        {
            batch.Backpropagate(reference, example, new ReferenceParameters(reference.Sizes));
            return Enumerable.Range(1, reference.Layers).All(l => reference.A(l).ToArray().All(a => Math.Abs(a) <= Large));
        }
    }

    private static void CopyParameters(Network network, ReferenceNetwork reference) =>
        reference.Parameters.CopyFrom([.. network.Topology.ByNeuron(network.Parameters).Select(value => (double)value)]);

    private static (float[] Inputs, DrawnTargets Targets) Batch(
        ReferenceNetwork network, int examples, Loss loss, bool asValues, Random random, bool isWeighted = false) => (
        [.. Enumerable.Range(0, examples * network.Sizes[0]).Select(_ => (float)(2 * random.NextDouble() - 1))],
        DrawnTargets.Draw(loss, asValues, examples, network.Sizes[^1], random, isWeighted));

    /// <summary>The mean gradient, and the distance to the nearest kink of an activation or of the cost.</summary>
    private static double[] ReferenceGradient(ReferenceNetwork network, ReferenceBatch batch, out double toKink)
    {
        var nabla = new ReferenceParameters(network.Sizes);
        toKink = double.PositiveInfinity;
        for (int i = 0; i < batch.Examples(network); i++)
        {
            batch.Backpropagate(network, i, nabla);
            if (batch.Weight(i) == 0)
                continue;
            for (int l = 0; l < network.Layers; l++)
            {
                foreach (double kink in network.Kinks(l))
                    foreach (double z in network.Z(l))
                        toKink = Math.Min(toKink, Math.Abs(z - kink));
            }
            for (int j = 0; j < network.Sizes[^1] && network.Cost.HasKinkAtTarget; j++)
                toKink = Math.Min(toKink, Math.Abs(network.A(network.Layers)[j] - batch.Y(network, i)[j]));
        }
        return [.. nabla.All.ToArray().Select(sum => sum / batch.Examples(network))];
    }

    private static float[] VectorizedGradient(
        Network network, Loss loss, float[] inputs, DrawnTargets targets, DropoutDraw? draw = null)
    {
        var gradient = new float[network.Parameters.Length];
        new Backpropagation(network, loss, targets.Count, threads: 2).Gradient(inputs, targets.Batch, gradient, draw);
        return network.Topology.ByNeuron(gradient);
    }
}
