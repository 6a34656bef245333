namespace Nabla.Reference.Tests;

public class NumericalGradientTests
{
    [Fact]
    public void It_finds_the_slope_of_a_parabola()
    {
        // C = 1/2 (w x + b - y)^2 + l2/2 w^2 with w = 3, x = 2, b = -1, y = 1, l2 = 0.5: w x + b - y = 4.
        var network = new ReferenceNetwork([1, 1], ReferenceActivation.Identity, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([3.0, -1.0]);
        var numerical = new NumericalGradient(network);
        Assert.Equal(4.0 * 2.0 + 0.5 * 3.0, numerical.Derivative([2.0], [1.0], 0.5, 0).Value, 1e-9);
        Assert.Equal(4.0, numerical.Derivative([2.0], [1.0], 0.5, 1).Value, 1e-9); // no weight decay of a bias
    }

    [Fact]
    public void It_is_the_mean_over_the_examples_and_not_their_sum()
    {
        var network = new ReferenceNetwork([1, 1], ReferenceActivation.Identity, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([1.0, 0.0]);
        // dC/db = w x + b - y: 2 - 0 and 5 - 1, on average 3.
        Assert.Equal(3.0, new NumericalGradient(network).Derivative([2.0, 5.0], [0.0, 1.0], 0.0, 1).Value, 1e-9);
    }

    [Fact]
    public void A_relu_whose_z_changes_sign_is_reported_as_a_kink()
    {
        // z = w x + b = 0 exactly: a step of either parameter crosses the kink of the ReLU.
        var network = new ReferenceNetwork([1, 1, 1], ReferenceActivation.Relu, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([1.0, 1.0, -2.0, 0.0]); // w0, w1, b0, b1
        var numerical = new NumericalGradient(network);
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(c => numerical.Derivative([2.0], [1.0], 0.0, c).OnKink));
        GradientComparison comparison = GradientCheck.Run(network, [2.0], [1.0]);
        Assert.Equal([1, 1, 0, 0], comparison.Blocks.Select(block => block.OnKink));
        Assert.Equal([0, 0, 1, 1], comparison.Blocks.Select(block => block.Checked));
        Assert.False(comparison.Passed); // nothing of layer 0 could be compared
    }

    [Fact]
    public void A_relu_at_the_output_has_kinks_too()
    {
        var network = new ReferenceNetwork([1, 1], ReferenceActivation.Sigmoid, new QuadraticCost(ReferenceActivation.Relu));
        network.Parameters.CopyFrom([1.0, -2.0]);
        Assert.True(new NumericalGradient(network).Derivative([2.0], [1.0], 0.0, 0).OnKink);
    }

    [Theory]
    [InlineData("absolute", true), InlineData("quantile", true), InlineData("huber", false), InlineData("quadratic", false)]
    public void A_cost_that_bends_at_the_target_has_a_kink_there(string loss, bool bends)
    {
        // z = w x + b = 4 exactly: a step of either parameter crosses a = y = 4, and none crosses y = 6.
        var network = new ReferenceNetwork([1, 1], ReferenceActivation.Tanh, ReferenceCost.Create(loss, "identity"));
        network.Parameters.CopyFrom([3.0, -2.0]);
        Assert.Equal(bends, network.Cost.HasKinkAtTarget);
        var numerical = new NumericalGradient(network);
        Assert.Equal([bends, bends], Enumerable.Range(0, 2).Select(c => numerical.Derivative([2.0], [4.0], 0.0, c).OnKink));
        Assert.Equal([false, false], Enumerable.Range(0, 2).Select(c => numerical.Derivative([2.0], [6.0], 0.0, c).OnKink));
        Assert.Equal(!bends, GradientCheck.Run(network, [2.0], [4.0]).Passed);
        Assert.True(GradientCheck.Run(network, [2.0], [6.0]).Passed);
    }

    [Fact]
    public void Other_activations_have_no_kinks()
    {
        var network = new ReferenceNetwork([1, 1, 1], ReferenceActivation.Tanh, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([1.0, 1.0, -2.0, 0.0]);
        Assert.False(new NumericalGradient(network).Derivative([2.0], [1.0], 0.0, 0).OnKink);
    }

    [Fact]
    public void The_parameters_are_restored_bit_for_bit()
    {
        ReferenceNetwork network = RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 2, seed: 4);
        double[] before = network.Parameters.All.ToArray();
        GradientCheck.Run(network, xs, ys);
        Assert.Equal(before, network.Parameters.All.ToArray());
    }
}
