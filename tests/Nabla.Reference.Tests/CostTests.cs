namespace Nabla.Reference.Tests;

public class CostTests
{
    [Fact]
    public void Softmax_by_hand()
    {
        // z = ln 1, ln 2, ln 5: a = 1/8, 2/8, 5/8; the class is 1, so C = -ln 1/4 and delta = a - y.
        var cost = new SoftmaxCrossEntropyCost();
        double[] z = [0.0, Math.Log(2.0), Math.Log(5.0)], y = [0.0, 1.0, 0.0], a = new double[3], delta = new double[3];
        cost.Output(z, a);
        cost.Delta(z, a, y, delta);
        Near.Each([0.125, 0.25, 0.625], a, 1e-14);
        Near.Each([0.125, -0.75, 0.625], delta, 1e-14);
        Assert.Equal(Math.Log(4.0), cost.Value(z, a, y), 1e-14);
    }

    [Fact]
    public void Softmax_does_not_overflow_and_its_cost_stays_exact()
    {
        var cost = new SoftmaxCrossEntropyCost();
        double[] z = [1000.0, 0.0], a = new double[2];
        cost.Output(z, a);
        Assert.Equal([1.0, 0.0], a);
        Assert.Equal(1000.0, cost.Value(z, a, [0.0, 1.0]));
    }

    [Fact]
    public void Softmax_does_not_underflow()
    {
        double[] a = new double[2];
        new SoftmaxCrossEntropyCost().Output([-1000.0, -1000.0], a);
        Assert.Equal([0.5, 0.5], a);
    }

    [Fact]
    public void Cross_entropy_of_sigmoids_by_hand()
    {
        // a = 1/2, 3/4; y = 1, 0: C = -ln 1/2 - ln 1/4
        var cost = new SigmoidCrossEntropyCost();
        double[] z = [0.0, Math.Log(3.0)], y = [1.0, 0.0], a = new double[2], delta = new double[2];
        cost.Output(z, a);
        cost.Delta(z, a, y, delta);
        Near.Each([-0.5, 0.75], delta, 1e-15);
        Assert.Equal(Math.Log(8.0), cost.Value(z, a, y), 1e-14);
    }

    [Theory]
    [InlineData(1000.0, 0.0, 1000.0)]
    [InlineData(-1000.0, 1.0, 1000.0)]
    [InlineData(1000.0, 1.0, 0.0)]
    [InlineData(40.0, 1.0, 4.248354255291589e-18)] // exp(-40): 1 + exp(-40) has rounded to 1
    public void Cross_entropy_of_a_saturated_sigmoid_is_exact(double z, double y, double expected) =>
        Near.Each([expected], [new SigmoidCrossEntropyCost().Value([z], [z > 0.0 ? 1.0 : 0.0], [y])], 1e-15);

    [Fact]
    public void Quadratic_cost_of_a_tanh_by_hand()
    {
        // tanh(ln 3 / 2) = (3 - 1) / (3 + 1) = 1/2; y = -1: C = 9/8, delta = 3/2 * (1 - 1/4)
        var cost = new QuadraticCost(ReferenceActivation.Tanh);
        double[] z = [0.5 * Math.Log(3.0)], a = new double[1], delta = new double[1];
        cost.Output(z, a);
        cost.Delta(z, a, [-1.0], delta);
        Assert.Equal(0.5, a[0], 1e-15);
        Assert.Equal(1.125, cost.Value(z, a, [-1.0]), 1e-15);
        Assert.Equal(1.125, delta[0], 1e-15);
    }

    // z, desired outputs, C and delta.
    public static TheoryData<string, string, string, double, double[], double[], double, double[]> ByHand()
    {
        double ln2 = Math.Log(2.0), ln3 = Math.Log(3.0), ln5 = Math.Log(5.0);
        return new()
        {
            { "absolute", "identity", "", 0.0, [1.0, -2.0, 3.0], [0.5, -2.0, 5.0], 2.5, [1.0, 0.0, -1.0] },
            { "absolute", "sigmoid", "", 0.0, [0.0, ln3], [1.0, 0.0], 1.25, [-0.25, 0.1875] },
            { "huber", "identity", "", 0.0, [0.5, 3.0, -1.0], [0.0, 0.0, 0.0], 0.125 + 2.5 + 0.5, [0.5, 1.0, -1.0] },
            { "huber", "identity", "delta", 2.0, [1.0, -5.0], [0.0, 0.0], 0.5 + 2.0 * (5.0 - 1.0), [1.0, -2.0] },
            { "quantile", "identity", "", 0.0, [1.0, 3.0, 2.0], [2.0, 2.0, 2.0], 1.0, [-0.5, 0.5, 0.0] },
            { "quantile", "identity", "q", 0.9, [1.0, 3.0], [2.0, 2.0], 0.9 + 0.1, [-0.9, 0.1] },
            { "poisson", "exponential", "", 0.0, [0.0, ln2], [3.0, 0.0], 1.0 + 2.0, [-2.0, 2.0] },
            { "poisson", "exponential", "", 0.0, [ln2], [2.5], 2.0 - 2.5 * ln2, [-0.5] },
            { "binary-cross-entropy", "sigmoid", "", 0.0, [0.0, ln3], [1.0, 0.25], 3.0 * ln2 - 0.25 * ln3, [-0.5, 0.5] },
            // Targets are 0.1, 0.8, 0.1, and outputs 1/8, 2/8, 5/8.
            {
                "cross-entropy", "softmax", "label-smoothing", 0.3, [0.0, ln2, ln5], [0.0, 1.0, 0.0], 3.0 * ln2 - 0.8 * ln2 - 0.1 * ln5,
                [0.025, -0.55, 0.525]
            },
            // Targets are 0.9 and 0.1, and outputs 1/2 and 3/4.
            { "cross-entropy", "sigmoid", "label-smoothing", 0.2, [0.0, ln3], [1.0, 0.0], 3.0 * ln2 - 0.1 * ln3, [-0.4, 0.65] },
        };
    }

    [Theory, MemberData(nameof(ByHand))]
    public void Worked_examples(
        string loss, string output, string parameter, double value, double[] z, double[] y, double expected, double[] expectedDelta)
    {
        var parameters = new Dictionary<string, double>();
        if (parameter.Length > 0)
            parameters[parameter] = value;
        ReferenceCost cost = ReferenceCost.Create(loss, output, parameters);
        double[] a = new double[z.Length], delta = new double[z.Length];
        cost.Output(z, a);
        cost.Delta(z, a, y, delta);
        Assert.Equal(expected, cost.Value(z, a, y), 1e-14);
        Near.Each(expectedDelta, delta, 1e-14);
    }

    [Fact]
    public void Poisson_stays_exact_where_the_output_has_rounded_to_0() =>
        Assert.Equal(2000.0, new PoissonCost().Value([-1000.0], [0.0], [2.0]));

    [Fact]
    public void The_least_quantile_cost_is_at_the_quantile()
    {
        // Of 0, 1, ..., 10, three tenths lie below 3.
        var cost = new QuantileCost(ReferenceActivation.Identity, 0.3);
        double Sum(double a) => Enumerable.Range(0, 11).Sum(y => cost.Value([a], [a], [y]));
        Assert.Equal(3.0, Enumerable.Range(0, 101).Select(i => i / 10.0).MinBy(Sum));
    }

    [Fact]
    public void Relu_has_the_derivative_0_at_0_and_keeps_NaN()
    {
        double[] z = [-1.0, 0.0, 2.0, double.NaN], a = new double[4], delta = [3.0, 3.0, 3.0, 3.0];
        ReferenceActivation.Relu.Apply(z, a);
        ReferenceActivation.Relu.TimesPrime(z, a, delta);
        Assert.Equal([0.0, 0.0, 2.0, double.NaN], a);
        Assert.Equal([0.0, 0.0, 3.0], delta[..3]);
    }

    [Fact]
    public void One_hot_goes_there_and_back()
    {
        double[] y = [7.0, 7.0, 7.0];
        OneHot.Encode(1, y);
        Assert.Equal([0.0, 1.0, 0.0], y);
        Assert.Equal(1, OneHot.Decode(y));
        Assert.Equal(0, OneHot.Decode([0.5, 0.5])); // the first of equals, like argmax
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode(3, y));
        Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode(-1, y));
    }
}
