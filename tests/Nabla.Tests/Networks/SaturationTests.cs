using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>
/// Why the notebook's initial weights stall: with hundreds of inputs, sigmoids start where their derivative is next to nothing.
/// </summary>
public class SaturationTests
{
    private const int Examples = 1000;
    private const int Inputs = 784;
    private const int Hidden = 30;

    // z is a sum of 784 products of N(0, 1) and a bias: deviation 28. a (1 - a) falls below 0.01 where |z| is above 4.6: for 87 %.
    [Fact]
    public void Standard_normal_weights_on_784_inputs_saturate_most_sigmoids() =>
        Assert.InRange(SaturatedShare(Initialization.StandardNormal, Noise()), 0.82, 0.92);

    // z has deviation sqrt(2): 1 for the weighted inputs, 1 for the bias.
    [Fact]
    public void Scaled_weights_saturate_almost_none() => Assert.InRange(SaturatedShare(Initialization.Scaled, Noise()), 0, 0.01);

    [Theory(Explicit = true)]
    [InlineData("standard-normal", 0.75, 0.90)]
    [InlineData("scaled", 0, 0.02)]
    public void MNIST_as_the_notebook_scales_it_is_the_same(string method, double least, double most)
    {
        var train = Mnist.Load(Repository.SharedOrSkip("data")).Train;
        var inputs = new float[Examples * Inputs];
        Preprocessing.Fit(train.Inputs, Scaling.StandardizePerFeature).Apply(train.Inputs, [.. Enumerable.Range(0, Examples)], inputs);
        double share = SaturatedShare(Initialization.All.Get(method), inputs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{share:0.000}");
        Assert.InRange(share, least, most);
    }

    private static float[] Noise()
    {
        var stream = new RandomStream(2, RandomPurpose.GradientCheck, 0);
        var inputs = new float[Examples * Inputs];
        foreach (ref float input in inputs.AsSpan())
            input = (float)stream.NextNormal();
        return inputs;
    }

    private static unsafe double SaturatedShare(Initialization method, float[] inputs)
    {
        var network = InitialValues.Draw(new Topology([Inputs, Hidden, 10], Activation.Sigmoid, Activation.Sigmoid), method, seed: 1);
        var passes = new LayerPasses(network, null, Examples, withErrors: false);
        fixed (float* x = inputs)
        {
            var batch = new Batch { Examples = Examples, Team = ThreadTeam.Of(1), Inputs = x };
            passes.Forward(batch, new DenseInputLayer(network, new ZeroShare()), batch.Team, 0, 0, Examples);
        }
        return passes.Workspace.Activations(0, 0, Examples).ToArray().Count(a => a * (1 - a) < 0.01f) / (double)(Examples * Hidden);
    }
}
