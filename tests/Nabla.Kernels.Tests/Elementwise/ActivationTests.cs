namespace Nabla.Kernels.Tests;

public class ActivationTests
{
    [Fact]
    public void Derivatives_agree_with_differences()
    {
        CompareWithDifferences(default(Sigmoid), z => 1 / (1 + Math.Exp(-z)));
        CompareWithDifferences(default(HyperbolicTangent), Math.Tanh);
        CompareWithDifferences(default(Rectifier), z => Math.Max(z, 0));
        CompareWithDifferences(default(Identity), z => z);
        CompareWithDifferences(new SlopedSquare(0.75f), z => 0.75 * z * z);
    }

    [Fact]
    public void The_printed_derivative_is_the_sigmoids_at_a_instead_of_z()
    {
        float[] delta = new float[1];
        Elementwise.Backward(default(SigmoidAsPrinted), [2f], [], [0.75f], delta);
        double s = 1 / (1 + Math.Exp(-0.75));
        Assert.Equal(2 * s * (1 - s), delta[0], 1e-7);
    }

    [Fact]
    public void A_worked_example_of_the_backward_pass()
    {
        float[] delta = new float[3];
        Elementwise.Backward(default(Sigmoid), [1f, -2f, 4f], [], [0.5f, 0.25f, 1f], delta);
        Assert.Equal([0.25f, -0.375f, 0f], delta);
        Elementwise.Backward(default(HyperbolicTangent), [1f, -2f, 4f], [], [0.5f, -0.25f, 1f], delta);
        Assert.Equal([0.75f, -1.875f, 0f], delta);
        Elementwise.Backward(default(Rectifier), [1f, -2f, 4f], [], [0.5f, 0f, 3f], delta);
        Assert.Equal([1f, 0f, 4f], delta);
        Elementwise.Backward(new SlopedSquare(0.5f), [1f, -2f, 4f], [3f, 2f, -1f], [4.5f, 2f, 0.5f], delta);
        Assert.Equal([3f, -4f, -4f], delta);
    }

    [Fact]
    public void Special_values_have_their_limits()
    {
        AssertMaps<Exponential>([0, float.NegativeInfinity, float.PositiveInfinity, float.NaN], [1, 0, float.PositiveInfinity, float.NaN]);
        AssertMaps<Logarithm>([1, 0, -0f, -1, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.Epsilon],
            [0, float.NegativeInfinity, float.NegativeInfinity, float.NaN, float.NaN, float.PositiveInfinity, float.NaN, -103.27893f]);
        AssertMaps<Sigmoid>(
            [0, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.MinValue, -100],
            [0.5f, 0, 1, float.NaN, 0, 3.783506e-44f]);
        AssertMaps<HyperbolicTangent>(
            [0, -0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, 1e-30f], [0, -0f, -1, 1, float.NaN, 1e-30f]);
        float[] rectified = [0, -3, 3, float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        Elementwise.Activate(default(Rectifier), rectified, rectified);
        Widths.AssertSameBits([0, 0, 3, 0, float.PositiveInfinity, float.NaN], rectified, nameof(Rectifier));
    }

    [Fact]
    public void Spans_of_different_lengths_or_shifted_against_each_other_are_refused()
    {
        float[] buffer = new float[10];
        Assert.Throws<ArgumentException>(() => Elementwise.Apply<Sigmoid>(buffer.AsSpan(0, 5), buffer.AsSpan(5, 4)));
        Assert.Throws<ArgumentException>(() => Elementwise.Backward(default(Sigmoid), buffer, [], new float[9], buffer));
        Assert.Throws<ArgumentException>(() => Elementwise.Backward(new SlopedSquare(1), buffer, [], buffer, buffer));
        Assert.Throws<ArgumentException>(() => Elementwise.Apply<Sigmoid>(buffer.AsSpan(0, 9), buffer.AsSpan(1, 9)));
    }

    private static void AssertMaps<TOperation>(float[] x, float[] expected) where TOperation : struct, IUnaryOperation
    {
        float[] actual = new float[x.Length];
        Elementwise.Apply<TOperation>(x, actual);
        Widths.AssertSameBits(expected, actual, typeof(TOperation).Name);
    }

    private static void CompareWithDifferences<TActivation>(TActivation f, Func<double, double> exact)
        where TActivation : struct, IActivation
    {
        const double step = 1e-6;
        float[] z = [-9.5f, -3f, -1f, -0.25f, -0.001f, 0.002f, 0.3f, 1f, 2.5f, 8f], a = new float[z.Length], delta = new float[z.Length];
        float[] upstream = [.. Enumerable.Repeat(1f, z.Length)];
        Elementwise.Activate(f, z, a);
        Elementwise.Backward(f, upstream, TActivation.DerivativeNeedsInput ? z : [], a, delta);
        for (int i = 0; i < z.Length; i++)
            Assert.Equal((exact(z[i] + step) - exact(z[i] - step)) / (2 * step), delta[i], 1e-6);
    }
}
