namespace Nabla.Reference.Tests;

public class ReferenceNetworkTests
{
    [Fact]
    public void Each_hidden_layer_may_have_its_own_activation()
    {
        ReferenceActivation[] hidden = [ReferenceActivation.Tanh, ReferenceActivation.Relu, ReferenceActivation.Sigmoid];
        ReferenceNetwork network = Filled(new ReferenceNetwork([6, 5, 7, 4, 3], hidden, new SoftmaxCrossEntropyCost()));
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 4);
        GradientComparison comparison = GradientCheck.Run(network, xs, ys);
        Assert.True(comparison.Passed, comparison.ToString());
        Assert.Equal(hidden, network.HiddenActivations);
        Assert.Equal([[], [0.0], [], []], Enumerable.Range(0, 4).Select(network.Kinks));
        Assert.Equal("6-5-7-4-3, tanh, relu, sigmoid, cross-entropy of softmax", network.ToString());

        network.Feedforward(xs.AsSpan(0, 6));
        for (int l = 0; l < 3; l++)
        {
            var expected = new double[network.Sizes[l + 1]];
            hidden[l].Apply(network.Z(l), expected);
            Assert.Equal(expected, network.A(l + 1).ToArray());
        }
    }

    [Fact]
    public void One_activation_is_short_for_the_same_in_every_hidden_layer()
    {
        ReferenceActivation tanh = ReferenceActivation.Tanh;
        var cost = new SoftmaxCrossEntropyCost();
        ReferenceNetwork one = Filled(new ReferenceNetwork([6, 5, 4, 3], tanh, cost));
        ReferenceNetwork each = Filled(new ReferenceNetwork([6, 5, 4, 3], [tanh, tanh], cost));
        (double[] xs, double[] ys) = RandomNetworks.Batch(one, examples: 4, seed: 4);
        Assert.Equal(Gradient(one, xs, ys), Gradient(each, xs, ys));
        Assert.Equal("6-5-4-3, tanh, cross-entropy of softmax", one.ToString());
        Assert.Empty(new ReferenceNetwork([6, 3], tanh, cost).HiddenActivations);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(3)]
    public void Another_number_of_activations_than_hidden_layers_is_refused(int count)
    {
        ReferenceActivation[] hidden = [.. Enumerable.Repeat(ReferenceActivation.Tanh, count)];
        var error = Assert.Throws<ArgumentException>(
            "hiddenActivations", () => new ReferenceNetwork([6, 5, 4, 3], hidden, new SoftmaxCrossEntropyCost()));
        Assert.StartsWith($"The network has 2 hidden layers, not {count}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Z_a_and_delta_hold_the_last_example()
    {
        // The example by hand of docs/backprop.md.
        var network = new ReferenceNetwork([2, 2, 1], ReferenceActivation.Sigmoid, new QuadraticCost(ReferenceActivation.Sigmoid));
        network.Parameters.CopyFrom([Math.Log(3.0), 0.0, 1.0, -0.5, 4.0, -6.0, 0.0, 0.0, 0.0]);
        Assert.Equal([0.0, 0.0], network.Delta(0).ToArray());
        network.Backpropagate([1.0, 2.0], [1.0], new ReferenceParameters([2, 2, 1]), weight: 5.0);
        Near.Each([Math.Log(3.0), 0.0], network.Z(0), 1e-15);
        Assert.Equal(0.0, network.Z(1)[0], 1e-15);
        Assert.Equal([1.0, 2.0], network.A(0).ToArray());
        Near.Each([0.75, 0.5], network.A(1), 1e-15);
        Near.Each([0.5], network.A(2), 1e-15);
        Near.Each([-3.0 / 32, 3.0 / 16], network.Delta(0), 1e-14); // without the weight
        Near.Each([-1.0 / 8], network.Delta(1), 1e-14);

        network.Feedforward([0.0, 0.0]);
        Assert.Equal([0.0, 0.0], network.A(0).ToArray());
        Assert.Equal([0.5, 0.5], network.A(1).ToArray());
        Near.Each([-1.0 / 8], network.Delta(1), 1e-14); // a forward pass leaves the errors
    }

    [Fact]
    public void Outputs_stay_as_they_are_when_the_next_example_is_run()
    {
        ReferenceNetwork network = RandomNetworks.Make([2, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        ReadOnlySpan<double> first = network.Feedforward([1.0, 2.0]);
        double[] copy = first.ToArray();
        network.Feedforward([-3.0, 1.0]);
        Assert.Equal(copy, first.ToArray());
    }

    [Fact]
    public void A_gradient_of_another_shape_with_as_many_numbers_is_refused()
    {
        // 3-2-1 and 2-2-1-1 have 11 parameters each.
        var network = new ReferenceNetwork([3, 2, 1], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost());
        var nabla = new ReferenceParameters([2, 2, 1, 1]);
        Assert.Equal(network.Parameters.Count, nabla.Count);
        Assert.Throws<ArgumentException>("nabla", () => network.Backpropagate(new double[3], new double[1], nabla));
    }

    private static ReferenceNetwork Filled(ReferenceNetwork network)
    {
        var random = new Random(5);
        foreach (ref double p in network.Parameters.All)
            p = 2.0 * random.NextDouble() - 1.0;
        return network;
    }

    private static double[] Gradient(ReferenceNetwork network, double[] xs, double[] ys)
    {
        var nabla = new ReferenceParameters(network.Sizes);
        MiniBatch.SumGradient(network, xs, ys, 0.01, nabla);
        return nabla.All.ToArray();
    }
}
