namespace Nabla.Kernels.Tests;

/// <summary>
/// The bits of every function, pinned: the suite runs at each instruction-set level and on each system, and must find these hashes on
/// all.
/// </summary>
public class PinnedBitsTests
{
    [Fact]
    public void Functions_keep_their_bits()
    {
        Assert.Equal("87b7a58ae1859382", ForwardHash<Exponential>());
        Assert.Equal("7e5f29f32093ff56", ForwardHash<Logarithm>());
        Assert.Equal("92a8ad7665c570b5", ForwardHash<Sigmoid>());
        Assert.Equal("ed9da16ebb4d945c", ForwardHash<HyperbolicTangent>());
        Assert.Equal("b117f160d58af4f8", ForwardHash<ExponentialMinusOne>());
        Assert.Equal("7730442458530260", ForwardHash<NormalProbability>());
    }

    [Fact]
    public void Softmax_keeps_its_bits()
    {
        float[] p = Widths.Scores(10_000);
        double[] logSumExp = new double[1000];
        Softmax.Apply(p, 10, logSumExp, p);
        Assert.Equal("22b4e05fc922544b", Widths.Hash(p));
        Assert.Equal("da3c4d108e12c385", Widths.Hash(logSumExp));
    }

    [Fact]
    public void Normal_deviates_keep_their_bits()
    {
        var stream = new RandomStream(8, RandomPurpose.InitialValues);
        double[] normals = new double[100_000];
        foreach (ref double normal in normals.AsSpan())
            normal = stream.NextNormal();
        Assert.Equal("021a2d6c2f9d4bdd", Widths.Hash(normals));
    }

    private static string ForwardHash<TOperation>() where TOperation : struct, IUnaryOperation
    {
        float[] x = [.. Widths.Sweep(9973), .. Widths.SpecialValues];
        Elementwise.Apply<TOperation>(x, x);
        return Widths.Hash(x);
    }
}
