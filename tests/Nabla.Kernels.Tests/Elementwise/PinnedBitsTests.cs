using System.Runtime.InteropServices;
using System.Security.Cryptography;

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
        Assert.Equal("7e5f6cf7a8eff9cf", ValueHash(default(Rectifier)));
    }

    [Fact]
    public void Derivatives_keep_their_bits()
    {
        Assert.Equal("24ba7033c8fb2ab0", BackwardHash(default(Sigmoid)));
        Assert.Equal("50eae90ceabe7d24", BackwardHash(default(SigmoidAsPrinted)));
        Assert.Equal("6ddcb8c6e2b56a9b", BackwardHash(default(HyperbolicTangent)));
        Assert.Equal("14fa564f15505fe4", BackwardHash(default(Rectifier)));
    }

    [Fact]
    public void Softmax_keeps_its_bits()
    {
        float[] p = Scores(10_000);
        double[] logSumExp = new double[1000];
        Softmax.Apply(p, 10, logSumExp, p);
        Assert.Equal("22b4e05fc922544b", Hash(p));
        Assert.Equal("da3c4d108e12c385", Hash(logSumExp));
    }

    [Fact]
    public void Normal_deviates_keep_their_bits()
    {
        var stream = new RandomStream(8, RandomPurpose.InitialValues);
        double[] normals = new double[100_000];
        foreach (ref double normal in normals.AsSpan())
            normal = stream.NextNormal();
        Assert.Equal("021a2d6c2f9d4bdd", Hash(normals));
    }

    private static string ForwardHash<TOperation>() where TOperation : struct, IUnaryOperation
    {
        float[] x = [.. Widths.Sweep(9973), .. Widths.SpecialValues];
        Elementwise.Apply<TOperation>(x, x);
        return Hash(x);
    }

    private static string ValueHash<TActivation>(TActivation f) where TActivation : struct, IActivation
    {
        float[] x = [.. Widths.Sweep(9973), .. Widths.SpecialValues];
        Elementwise.Activate(f, x, x);
        return Hash(x);
    }

    private static string BackwardHash<TActivation>(TActivation f) where TActivation : struct, IActivation
    {
        float[] z = Scores(100_000), a = new float[z.Length];
        Elementwise.Activate(f, z, a);
        Elementwise.Backward(f, z, [], a, a);
        return Hash(a);
    }

    private static float[] Scores(int count)
    {
        var stream = new RandomStream(9, RandomPurpose.GradientCheck);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(6 * stream.NextNormal()))];
    }

    private static string Hash(float[] values) => Hash<int>([.. values.Select(Widths.CanonicalBits)]);

    /// <summary>
    /// The first 16 hexadecimal digits of SHA-256 over the values as they lie in memory (little-endian on every system .NET 10 runs on
    /// here).
    /// </summary>
    private static string Hash<T>(T[] values) where T : struct =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())))[..16];
}
