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
}
