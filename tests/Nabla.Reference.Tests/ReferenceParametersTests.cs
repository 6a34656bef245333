namespace Nabla.Reference.Tests;

public class ReferenceParametersTests
{
    [Fact]
    public void Weights_come_first_layer_by_layer_and_row_by_row_then_biases()
    {
        var parameters = new ReferenceParameters([3, 2, 1]);
        double[] numbers = [.. Enumerable.Range(0, parameters.Count).Select(i => (double)i)];
        parameters.CopyFrom(numbers);
        Assert.Equal(11, parameters.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5], parameters.Weights(0).ToArray());
        Assert.Equal([3, 4, 5], parameters.Weights(0, 1).ToArray());
        Assert.Equal([6, 7], parameters.Weights(1).ToArray());
        Assert.Equal([8, 9], parameters.Biases(0).ToArray());
        Assert.Equal([10], parameters.Biases(1).ToArray());
        Assert.Equal(numbers[..8], parameters.AllWeights.ToArray());
        Assert.Equal(numbers[8..], parameters.AllBiases.ToArray());
        Assert.Equal((6..8, 8..10), (parameters.WeightRange(1), parameters.BiasRange(0)));
        var copied = new double[11];
        parameters.CopyTo(copied);
        Assert.Equal(numbers, copied);
    }

    [Theory, InlineData(10), InlineData(12)]
    public void Another_number_of_parameters_is_refused(int count) =>
        Assert.Throws<ArgumentException>(() => new ReferenceParameters([3, 2, 1]).CopyFrom(new double[count]));

    [Theory]
    [InlineData(50_000, 50_000)] // more weights than an int can count
    [InlineData(65_536, 65_536)] // as many as wrap an int around to 0
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1, int.MaxValue)] // twice as many parameters as an array can hold
    public void Layers_too_large_for_an_array_are_refused_with_a_reason(int inputs, int outputs)
    {
        var error = Assert.Throws<ArgumentException>("sizes", () => new ReferenceParameters([inputs, outputs]));
        Assert.StartsWith(
            $"Layers of {inputs}, {outputs} neurons have too many weights and biases: an array holds at most 2147483591 doubles "
            + "(17179868728 bytes). Use smaller layers.",
            error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            "sizes", () => new ReferenceNetwork([inputs, outputs, outputs], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost()));
    }

    [Fact]
    public void Sizes_that_make_no_network_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ReferenceParameters([3]));
        Assert.Throws<ArgumentException>(() => new ReferenceParameters([3, 0, 1]));
    }

    [Fact]
    public void Examples_of_another_shape_are_refused()
    {
        var network = new ReferenceNetwork([3, 2], ReferenceActivation.Relu, new SoftmaxCrossEntropyCost());
        var nabla = new ReferenceParameters([3, 2]);
        Assert.Throws<ArgumentException>(() => network.Feedforward(new double[2]));
        Assert.Throws<ArgumentException>(() => network.CostOf(new double[3], new double[3]));
        Assert.Throws<ArgumentException>(() => network.Backpropagate(new double[3], new double[2], new ReferenceParameters([3, 3])));
        Assert.Throws<ArgumentException>(() => MiniBatch.Cost(network, [], []));
        Assert.Throws<ArgumentException>(() => MiniBatch.SumGradient(network, new double[6], new double[2], 0.0, nabla));
        Assert.Throws<ArgumentException>(() => MiniBatch.Cost(network, new double[7], new double[4]));
    }
}
