using CsCheck;

namespace Nabla.Reference.Tests;

public class GradientCheckTests
{
    // The norm that each block of a compared gradient must have.
    private const double Least = 1e-4;

    public static TheoryData<string, string, int> Combinations
    {
        get
        {
            var all = new TheoryData<string, string, int>();
            foreach (ReferenceActivation activation in ReferenceActivation.All)
                foreach (ReferenceCost cost in ReferenceCost.All)
                    for (int depth = 1; depth <= 5; depth++)
                        all.Add(activation.Name, cost.Name, depth);
            return all;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void Backpropagation_is_the_gradient_of_every_cost_through_every_activation(string activation, string cost, int depth)
    {
        int[] sizes = RandomNetworks.Sizes(depth);
        GradientComparison comparison = Compare(sizes, activation, cost, seed: depth);
        // Dead outputs, and slopes that cancel, leave nothing to compare: another network is drawn. What can be compared must agree.
        for (int seed = depth + 1; seed < depth + 20 && comparison.Blocks.Any(block => !(block.NumericalNorm > Least)); seed++)
        {
            Assert.All(
                comparison.Blocks, block => Assert.True(block.Checked == 0 || block.Passes(comparison.Tolerance), comparison.ToString()));
            comparison = Compare(sizes, activation, cost, seed);
        }
        Assert.True(comparison.Passed, comparison.ToString());
        Assert.Equal(2 * depth, comparison.Blocks.Count);
        Assert.Equal(new ReferenceParameters(sizes).Count, comparison.Blocks.Sum(block => block.Checked + block.OnKink));
        Assert.All(comparison.Blocks, block => Assert.True(block.NumericalNorm > Least, comparison.ToString()));
    }

    [Theory, InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void The_derivative_as_printed_is_found_wrong_in_the_first_layers(int depth)
    {
        ReferenceNetwork network = RandomNetworks.Make(
            RandomNetworks.Sizes(depth), ReferenceActivation.SigmoidAsPrinted, new SoftmaxCrossEntropyCost(), seed: 1);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 2);
        GradientComparison comparison = GradientCheck.Run(network, xs, ys);
        Assert.False(comparison.Passed);
        // Only the layers below a hidden activation are wrong; the output layer's delta is right, and passes.
        Assert.All(
            comparison.Blocks, block => Assert.Equal(block.Layer == depth - 1, block.Passes(comparison.Tolerance)));
        Assert.True(comparison.LargestError > 0.01, comparison.ToString());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void The_derivative_as_printed_is_found_wrong_at_the_output(int depth)
    {
        ReferenceNetwork network = RandomNetworks.Make(
            RandomNetworks.Sizes(depth), ReferenceActivation.Sigmoid, new QuadraticCost(ReferenceActivation.SigmoidAsPrinted), seed: 1);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 2);
        GradientComparison comparison = GradientCheck.Run(network, xs, ys);
        Assert.All(comparison.Blocks, block => Assert.False(block.Passes(comparison.Tolerance), comparison.ToString()));
    }

    [Fact]
    public void Backpropagation_is_the_gradient_on_random_networks_of_every_size() =>
        Gen.Select(Gen.Int[1, 9].Array[2, 6], AnyOf(ReferenceActivation.All), AnyOf(ReferenceCost.All), Gen.Int[1, 5], Gen.Int)
            .Sample(
                (sizes, activation, cost, examples, seed) =>
                {
                    ReferenceNetwork network = RandomNetworks.Make(sizes, activation, cost, seed);
                    (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples, seed);
                    GradientComparison comparison = GradientCheck.Run(network, xs, ys, l2: 0.1);
                    return comparison.Blocks.All(block => block.Passes(comparison.Tolerance) || (block.Checked == 0 && block.OnKink > 0));
                },
                iter: 500);

    [Fact]
    public void Only_the_chosen_coordinates_are_compared()
    {
        ReferenceNetwork network = RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 2, seed: 4);
        // 30 + 15 weights, then 5 + 3 biases; the repeated coordinate counts once.
        GradientComparison comparison = GradientCheck.Run(network, xs, ys, [0, 29, 29, 52]);
        Assert.Equal([(0, "weights", 2), (1, "biases", 1)], comparison.Blocks.Select(block => (block.Layer, block.Name, block.Checked)));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(network, xs, ys, [53]));
    }

    [Fact]
    public void A_comparison_of_nothing_does_not_pass()
    {
        ReferenceNetwork network = RandomNetworks.Make([2, 2], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 2, seed: 4);
        Assert.False(GradientCheck.Run(network, xs, ys, []).Passed);
    }

    [Fact]
    public void A_gradient_of_NaN_does_not_pass()
    {
        ReferenceNetwork network = RandomNetworks.Make([2, 2], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 2, seed: 4);
        xs[0] = double.NaN;
        GradientComparison comparison = GradientCheck.Run(network, xs, ys);
        Assert.False(comparison.Passed);
        Assert.True(double.IsNaN(comparison.LargestError));
    }

    [Fact]
    public void Spread_chooses_distinct_coordinates_and_the_requested_number_of_each_block()
    {
        var parameters = new ReferenceParameters([784, 30, 10]);
        IReadOnlyList<int> chosen = GradientCheck.Spread(parameters, 50);
        Assert.Equal(chosen.Distinct().Order(), chosen);
        Assert.Equal([50, 50, 30, 10], new[] { (0, 23520), (23520, 23820), (23820, 23850), (23850, 23860) }
            .Select(block => chosen.Count(coordinate => coordinate >= block.Item1 && coordinate < block.Item2)));
    }

    [Fact]
    public void The_table_shows_both_norms_the_error_and_the_verdict()
    {
        var comparison = new GradientComparison(
            [new GradientBlock(0, "weights", 0.5, 0.25, 1.0 / 3, 100, 2), new GradientBlock(0, "biases", 0.125, 0.125, 1e-9, 5, 0)], 1e-6);
        Assert.Equal(
            """
            layer  block     |backprop|  |numerical|     error  checked  kinks
                0  weights  5.00000E-01  2.50000E-01  3.33E-01      100      2  differs
                0  biases   1.25000E-01  1.25000E-01  1.00E-09        5      0
            FAILED: largest error 3.33E-01, allowed 1E-06
            """,
            comparison.ToString());
    }

    [Fact]
    public void Blocks_that_could_not_be_compared_prove_nothing()
    {
        var kinks = new GradientBlock(0, "weights", 0, 0, 0, 0, 4);
        var agreeing = new GradientBlock(0, "biases", 0.125, 0.125, 1e-9, 5, 0);
        var comparison = new GradientComparison([kinks, agreeing], 1e-6);
        Assert.False(comparison.Passed);
        Assert.False(comparison.Differs);
        Assert.Contains("4  not compared\n", comparison.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("inconclusive: largest error 1.00E-09, allowed 1E-06", comparison.ToString(), StringComparison.Ordinal);
        Assert.True((comparison with { Tolerance = 1e-10 }).Differs);
        Assert.True(new GradientComparison([agreeing with { RelativeError = double.NaN }], 1e-6).Differs);
    }

    private static GradientComparison Compare(int[] sizes, string activation, string cost, int seed)
    {
        ReferenceNetwork network = RandomNetworks.Make(sizes, Activation(activation), Cost(cost), seed);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 17);
        return GradientCheck.Run(network, xs, ys, l2: 0.01);
    }

    private static Gen<T> AnyOf<T>(IReadOnlyList<T> all) => Gen.Int[0, all.Count - 1].Select(i => all[i]);

    private static ReferenceActivation Activation(string name) => ReferenceActivation.Create(name);

    private static ReferenceCost Cost(string name) => ReferenceCost.All.Single(cost => cost.Name == name);
}
