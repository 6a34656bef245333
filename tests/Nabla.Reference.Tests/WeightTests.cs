namespace Nabla.Reference.Tests;

/// <summary>A weight for each example: C = sum_i w_i C_i / n.</summary>
public class WeightTests
{
    private static readonly double[] weights = [0.5, 2.0, 0.0, 1.25];

    private static readonly ReferenceNetwork network =
        RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);

    private static readonly (double[] Xs, double[] Ys) batch = RandomNetworks.Batch(network, examples: 4, seed: 4);

    [Fact]
    public void The_cost_is_the_weighted_sum_divided_by_the_number_of_examples()
    {
        double expected = 0.0;
        for (int i = 0; i < 4; i++)
            expected += weights[i] * network.CostOf(batch.Xs.AsSpan(6 * i, 6), batch.Ys.AsSpan(3 * i, 3));
        Assert.Equal(expected / 4, MiniBatch.Cost(network, batch.Xs, batch.Ys, weights: weights), 1e-14);
        Assert.Equal(expected, MiniBatch.SumGradient(network, batch.Xs, batch.Ys, 0.5, Zeros(), weights), 1e-14);
    }

    [Fact]
    public void Backpropagation_is_the_gradient_of_the_weighted_cost()
    {
        GradientComparison comparison = GradientCheck.Run(network, batch.Xs, batch.Ys, l2: 0.01, weights: weights);
        Assert.True(comparison.Passed, comparison.ToString());
        Assert.NotEqual(
            comparison.Blocks.Select(block => block.BackpropagationNorm),
            GradientCheck.Run(network, batch.Xs, batch.Ys, l2: 0.01).Blocks.Select(block => block.BackpropagationNorm));
    }

    [Fact]
    public void A_weight_of_2_counts_an_example_twice()
    {
        ReferenceParameters once = Zeros(), twice = Zeros();
        network.Backpropagate(batch.Xs.AsSpan(0, 6), batch.Ys.AsSpan(0, 3), once, weight: 2.0);
        for (int time = 0; time < 2; time++)
            network.Backpropagate(batch.Xs.AsSpan(0, 6), batch.Ys.AsSpan(0, 3), twice);
        Assert.Equal(twice.All.ToArray(), once.All.ToArray());
    }

    [Fact]
    public void The_weights_of_examples_leave_the_weight_decay_alone()
    {
        ReferenceParameters nabla = Zeros();
        double[] expected = [.. network.Parameters.AllWeights.ToArray().Select(w => 0.5 * 4 * w)];
        // A weight may be 0, even that of every example.
        MiniBatch.SumGradient(network, batch.Xs, batch.Ys, 0.5, nabla, [0.0, 0.0, 0.0, 0.0]);
        Assert.Equal(expected, nabla.AllWeights.ToArray());
        Assert.All(nabla.AllBiases.ToArray(), bias => Assert.Equal(0.0, bias));
    }

    [Fact]
    public void Weights_of_1_and_no_weights_give_the_same_bits()
    {
        double[] ones = [1.0, 1.0, 1.0, 1.0];
        Assert.Equal(Trained(default, out double without), Trained(ones, out double with));
        Assert.Equal(without, with);
        Assert.Equal(MiniBatch.Cost(network, batch.Xs, batch.Ys, 0.1), MiniBatch.Cost(network, batch.Xs, batch.Ys, 0.1, ones));
        var numerical = new NumericalGradient(network);
        Assert.Equal(
            numerical.Derivative(batch.Xs, batch.Ys, 0.1, 7), numerical.Derivative(batch.Xs, batch.Ys, 0.1, 7, ones));
    }

    [Fact]
    public void A_trainer_uses_the_weights()
    {
        double[] trained = Trained(weights, out double cost);
        ReferenceParameters nabla = Zeros();
        Assert.Equal(MiniBatch.SumGradient(network, batch.Xs, batch.Ys, 0.02, nabla, weights), cost);
        double[] expected = [.. network.Parameters.All.ToArray().Zip(nabla.All.ToArray(), (p, g) => p - 0.3 / 4 * g)];
        Assert.Equal(expected, trained);
    }

    [Theory]
    [InlineData(new double[] { 1.0, 1.0, 1.0 }, "There are 3 weights for 4 examples.")]
    [InlineData(new double[] { 1.0, -0.5, 1.0, 1.0 }, "An example's weight must be finite and at least 0, not -0.5.")]
    [InlineData(new double[] { 1.0, double.NaN, 1.0, 1.0 }, "An example's weight must be finite and at least 0, not NaN.")]
    [InlineData(new double[] { 1.0, 1.0, 1.0, 1.0 / 0.0 }, "An example's weight must be finite and at least 0, not Infinity.")]
    public void Weights_that_are_not_allowed_are_refused(double[] wrong, string message)
    {
        var trainer = new ReferenceTrainer(network, new ReferenceAdam());
        Action[] calls =
        [
            () => MiniBatch.Cost(network, batch.Xs, batch.Ys, weights: wrong),
            () => MiniBatch.SumGradient(network, batch.Xs, batch.Ys, 0.0, Zeros(), wrong),
            () => GradientCheck.Run(network, batch.Xs, batch.Ys, weights: wrong),
            () => trainer.UpdateMiniBatch(batch.Xs, batch.Ys, wrong),
        ];
        foreach (Action call in calls)
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("weights", call).Message, StringComparison.Ordinal);
    }

    private static ReferenceParameters Zeros() => new(network.Sizes);

    /// <summary>The parameters after one step of a copy of the network.</summary>
    private static double[] Trained(ReadOnlySpan<double> weights, out double cost)
    {
        var copy = new ReferenceNetwork(network.Sizes, network.HiddenActivations, network.Cost);
        copy.Parameters.CopyFrom(network.Parameters.All);
        cost = new ReferenceTrainer(copy, new ReferenceSgd(0.3), l2: 0.02).UpdateMiniBatch(batch.Xs, batch.Ys, weights);
        return copy.Parameters.All.ToArray();
    }
}
