namespace Nabla.Reference.Tests;

/// <summary>A 2-2-1 network that can be computed by hand: sigmoid(0) = 1/2, sigmoid(ln 3) = 3/4.</summary>
public class WorkedExampleTests
{
    private static readonly double[] x = [1.0, 2.0];
    private static readonly double[] y = [1.0];

    //           w of layer 0, [2, 2]            w of layer 1   b of layer 0  b of layer 1
    private static readonly double[] start =
        [Math.Log(3.0), 0.0, 1.0, -0.5, /* */ 4.0, -6.0, /* */ 0.0, 0.0, /* */ 0.0];

    // z[0] = (ln 3, 1 - 1 = 0)      a[1] = (3/4, 1/2)
    // z[1] = 4 * 3/4 - 6 * 1/2 = 0  a[2] = 1/2
    [Fact]
    public void Forward() => Assert.Equal(0.5, Network(Quadratic).Feedforward(x)[0], 1e-15);

    // C = 1/2 (1/2 - 1)^2 = 1/8
    [Fact]
    public void Cost() => Assert.Equal(0.125, Network(Quadratic).CostOf(x, y), 1e-15);

    // BP1      delta[1] = (a - y) a (1 - a) = -1/2 * 1/4 = -1/8
    // BP2      delta[0] = w[1]^T delta[1] * a (1 - a) = (-1/2 * 3/16, 3/4 * 1/4) = (-3/32, 3/16)
    // BP3      nablaB   = delta
    // BP4      nablaW[1] = delta[1] a[1]^T = (-3/32, -1/16);  nablaW[0] = delta[0] x^T = (-3/32, -3/16; 3/16, 3/8)
    [Fact]
    public void Backward()
    {
        var nabla = new ReferenceParameters([2, 2, 1]);
        Assert.Equal(0.125, Network(Quadratic).Backpropagate(x, y, nabla), 1e-15);
        Near.Each([-3.0 / 32, -3.0 / 16, 3.0 / 16, 3.0 / 8, -3.0 / 32, -1.0 / 16, -3.0 / 32, 3.0 / 16, -1.0 / 8], nabla.All, 1e-14);
    }

    // Cross-entropy removes sigmoid' from BP1: delta[1] = a - y = -1/2, four times as much, and so are all later results.
    [Fact]
    public void Backward_from_cross_entropy()
    {
        var nabla = new ReferenceParameters([2, 2, 1]);
        Assert.Equal(Math.Log(2.0), Network(new SigmoidCrossEntropyCost()).Backpropagate(x, y, nabla), 1e-15);
        Near.Each([-3.0 / 8, -3.0 / 4, 3.0 / 4, 3.0 / 2, -3.0 / 8, -1.0 / 4, -3.0 / 8, 3.0 / 4, -1.0 / 2], nabla.All, 1e-14);
    }

    // As printed: sigmoid'(a) = sigmoid(1/2) (1 - sigmoid(1/2)) = 0.2350037122015945 at the output, instead of 1/4.
    [Fact]
    public void Backward_as_printed()
    {
        var nabla = new ReferenceParameters([2, 2, 1]);
        Network(new QuadraticCost(ReferenceActivation.SigmoidAsPrinted)).Backpropagate(x, y, nabla);
        Assert.Equal(-0.5 * 0.2350037122015945, nabla.Biases(1)[0], 1e-15);
    }

    [Fact]
    public void Gradients_add_up_over_calls()
    {
        var nabla = new ReferenceParameters([2, 2, 1]);
        ReferenceNetwork network = Network(Quadratic);
        network.Backpropagate(x, y, nabla);
        double[] once = nabla.All.ToArray();
        network.Backpropagate(x, y, nabla);
        Near.Each([.. once.Select(g => 2.0 * g)], nabla.All, 1e-15);
    }

    private static QuadraticCost Quadratic => new(ReferenceActivation.Sigmoid);

    private static ReferenceNetwork Network(ReferenceCost cost)
    {
        var network = new ReferenceNetwork([2, 2, 1], ReferenceActivation.Sigmoid, cost);
        network.Parameters.CopyFrom(start);
        return network;
    }
}
