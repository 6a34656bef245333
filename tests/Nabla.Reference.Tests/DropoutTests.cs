namespace Nabla.Reference.Tests;

/// <summary>Dropout with factors that the caller gives: layer l reads r * a[l].</summary>
public class DropoutTests
{
    private static readonly ReferenceNetwork network =
        RandomNetworks.Make([6, 5, 4, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);

    private static readonly (double[] Xs, double[] Ys) batch = RandomNetworks.Batch(network, examples: 4, seed: 4);

    // [4 examples, 5 + 4 hidden neurons]
    private static readonly double[] dropout = [.. Enumerable.Range(0, 4 * 9).Select(i => i * 7 % 5 < 2 ? 0.0 : 1 / 0.6)];

    [Fact]
    public void Factors_multiply_what_the_next_layer_reads()
    {
        ReadOnlySpan<double> x = batch.Xs.AsSpan(0, 6), y = batch.Ys.AsSpan(0, 3);
        double[] first = Times(Tanh(0, [.. x]), dropout[..5]), second = Times(Tanh(1, first), dropout[5..9]), z = Weighted(2, second);
        double expected = Math.Log(z.Sum(Math.Exp)) - z.Zip(y.ToArray(), (output, wanted) => output * wanted).Sum();
        Assert.Equal(expected, network.CostOf(x, y, dropout.AsSpan(0, 9)), 1e-12);
        Assert.Equal(Tanh(0, [.. x]), network.A(1).ToArray());
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    public void Backpropagation_is_the_gradient_of_the_cost_with_these_factors(string activation)
    {
        var dropped = RandomNetworks.Make([6, 5, 4, 3], ReferenceActivation.Create(activation), new SoftmaxCrossEntropyCost(), seed: 3);
        GradientComparison comparison = GradientCheck.Run(dropped, batch.Xs, batch.Ys, l2: 0.01, dropout: dropout);
        Assert.True(comparison.Passed, comparison.ToString());
        Assert.NotEqual(
            comparison.Blocks.Select(block => block.BackpropagationNorm),
            GradientCheck.Run(dropped, batch.Xs, batch.Ys, l2: 0.01).Blocks.Select(block => block.BackpropagationNorm));
    }

    [Fact]
    public void A_batch_uses_the_factors_of_each_example()
    {
        double expected = 0.0;
        var nabla = new ReferenceParameters(network.Sizes);
        for (int i = 0; i < 4; i++)
            expected += network.Backpropagate(
                batch.Xs.AsSpan(6 * i, 6), batch.Ys.AsSpan(3 * i, 3), nabla, dropout: dropout.AsSpan(9 * i, 9));
        var sum = new ReferenceParameters(network.Sizes);
        Assert.Equal(expected, MiniBatch.SumGradient(network, batch.Xs, batch.Ys, 0.0, sum, dropout: dropout));
        Assert.Equal(nabla.All.ToArray(), sum.All.ToArray());
        Assert.Equal(expected / 4, MiniBatch.Cost(network, batch.Xs, batch.Ys, dropout: dropout), 1e-14);
        double[] trained = Trained(dropout, out double cost);
        Assert.Equal(expected, cost);
        Assert.Equal(network.Parameters.All.ToArray().Zip(nabla.All.ToArray(), (p, g) => p - 0.3 / 4 * g), trained);
    }

    [Fact]
    public void Factors_of_1_and_no_factors_give_the_same_bits_also_after_others()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 4 * 9)];
        double[] without = Trained(default, out double costWithout);
        MiniBatch.Cost(network, batch.Xs, batch.Ys, dropout: dropout);
        Assert.Equal(without, Trained(ones, out double cost));
        Assert.Equal(costWithout, cost);
        Assert.Equal(MiniBatch.Cost(network, batch.Xs, batch.Ys, dropout: ones), MiniBatch.Cost(network, batch.Xs, batch.Ys));
    }

    [Fact]
    public void Factors_that_are_not_allowed_are_refused()
    {
        AssertRefused(new double[35], "There are 35 dropout factors for 4 examples and 9 hidden neurons.");
        AssertRefused([.. dropout[1..], -1.0], "An example's dropout factor must be finite and at least 0, not -1.");
        AssertRefused([.. dropout[1..], double.NaN], "An example's dropout factor must be finite and at least 0, not NaN.");
        Assert.Throws<ArgumentException>("dropout", () => network.CostOf(batch.Xs.AsSpan(0, 6), batch.Ys.AsSpan(0, 3), new double[8]));
    }

    private static void AssertRefused(double[] wrong, string message)
    {
        Action[] calls =
        [
            () => MiniBatch.Cost(network, batch.Xs, batch.Ys, dropout: wrong),
            () => GradientCheck.Run(network, batch.Xs, batch.Ys, dropout: wrong),
            () => new NumericalGradient(network).Derivative(batch.Xs, batch.Ys, 0.0, 0, dropout: wrong),
            () => Trained(wrong, out _),
        ];
        foreach (Action call in calls)
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("dropout", call).Message, StringComparison.Ordinal);
    }

    /// <summary>The parameters after one step of a copy of the network.</summary>
    private static double[] Trained(ReadOnlySpan<double> dropout, out double cost)
    {
        var copy = new ReferenceNetwork(network.Sizes, network.HiddenActivations, network.Cost);
        copy.Parameters.CopyFrom(network.Parameters.All);
        cost = new ReferenceTrainer(copy, new ReferenceSgd(0.3)).UpdateMiniBatch(batch.Xs, batch.Ys, dropout: dropout);
        return copy.Parameters.All.ToArray();
    }

    private static double[] Tanh(int l, double[] read) => Array.ConvertAll(Weighted(l, read), Math.Tanh);

    private static double[] Weighted(int l, double[] read) =>
        [.. Enumerable.Range(0, network.Sizes[l + 1]).Select(j =>
            network.Parameters.Weights(l, j).ToArray().Zip(read, (w, a) => w * a).Sum() + network.Parameters.Biases(l)[j])];

    private static double[] Times(double[] a, double[] r) => [.. a.Zip(r, (value, factor) => value * factor)];
}
