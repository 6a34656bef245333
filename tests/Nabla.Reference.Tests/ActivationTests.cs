namespace Nabla.Reference.Tests;

public class ActivationTests
{
    [Fact]
    public void Where_exp_overflows_the_sigmoid_is_0_and_its_derivative_too()
    {
        double[] z = [-1000.0, -710.0, 710.0, 1000.0], a = new double[4], delta = [1.0, 1.0, 1.0, 1.0];
        ReferenceActivation.Sigmoid.Apply(z, a);
        ReferenceActivation.Sigmoid.TimesPrime(z, a, delta);
        Assert.Equal([0.0, 0.0, 1.0, 1.0], a);
        Assert.Equal([0.0, 0.0, 0.0, 0.0], delta);
    }

    // Values and derivatives from mpmath, with 60 digits.
    [Theory]
    [InlineData("leaky-relu", -2, -0.02, 0.01)]
    [InlineData("leaky-relu", 3, 3.0, 1.0)]
    [InlineData("elu", -2, -0.86466471676338731, 0.13533528323661269)]
    [InlineData("elu", -0.25, -0.22119921692859513, 0.77880078307140487)]
    [InlineData("selu", -0.5, -0.6917581878028714, 1.0663411530445055)]
    [InlineData("selu", 2, 2.101401974710961, 1.0507009873554805)]
    [InlineData("gelu", -10, -7.6198530241605261e-23, -7.6184000964648141e-22)]
    [InlineData("gelu", -3.5, -0.00081420177662433763, -0.0028217603536246352)]
    [InlineData("gelu", -1, -0.15865525393145705, -0.083315470587686298)]
    [InlineData("gelu", 0.5, 0.34573123063700655, 0.86749512465616284)]
    [InlineData("gelu", 4, 3.9998733150326675, 1.0005036496612264)]
    [InlineData("silu", -40, -1.6993417021166356e-16, -1.6568581595637197e-16)]
    [InlineData("silu", -1, -0.26894142136999512, 0.072329488128513268)]
    [InlineData("silu", 2, 1.7615941559557649, 1.0907842487848955)]
    [InlineData("mish", -40, -1.6993417021166356e-16, -1.6568581595637197e-16)]
    [InlineData("mish", -1, -0.30340146137410892, 0.059216755877394948)]
    [InlineData("mish", 2, 1.9439589595339945, 1.0693179342794897)]
    [InlineData("softplus", -40, 4.248354255291589e-18, 4.248354255291589e-18)]
    [InlineData("softplus", 0.5, 0.97407698418010668, 0.62245933120185456)]
    [InlineData("softplus", 30, 30.000000000000094, 0.99999999999990642)]
    [InlineData("exponential", -3, 0.049787068367863943, 0.049787068367863943)]
    [InlineData("exponential", 2, 7.3890560989306502, 7.3890560989306502)]
    public void Each_has_the_digits_of_more_precise_arithmetic(string name, double z, double expected, double expectedPrime)
    {
        double[] a = [0.0], prime = [1.0];
        ReferenceActivation.Create(name).Apply([z], a);
        ReferenceActivation.Create(name).TimesPrime([z], a, prime);
        Near.Each([expected, expectedPrime], [a[0], prime[0]], 1e-13);
    }

    [Fact]
    public void At_infinity_each_has_its_limit_and_NaN_stays_NaN()
    {
        foreach (ReferenceKind kind in ReferenceActivation.Kinds)
        {
            double[] z = [double.NegativeInfinity, -1e30, 1e30, double.PositiveInfinity, double.NaN], a = new double[5];
            double[] prime = [1.0, 1.0, 1.0, 1.0, 1.0];
            ReferenceActivation.Create(kind.Name).Apply(z, a);
            ReferenceActivation.Create(kind.Name).TimesPrime(z, a, prime);
            Assert.Equal([false, false, false, false, true], a.Select(double.IsNaN));
            Assert.DoesNotContain(double.NaN, prime[..4]);
            Assert.Equal((prime[1], prime[2]), (prime[0], prime[3]));
        }
    }
}
