namespace Nabla.Kernels.Tests;

/// <summary>The loops over spans, with functions and with activations made for these tests. Nabla.Tests tests the library's own.</summary>
public class ElementwiseTests
{
    [Fact]
    public void Derivatives_agree_with_differences()
    {
        CompareWithDifferences(default(TanhOfOutput), Math.Tanh);
        CompareWithDifferences(new SlopedSquare(0.75f), z => 0.75 * z * z);
    }

    [Fact]
    public void A_worked_example_of_the_backward_pass()
    {
        float[] delta = new float[3];
        Elementwise.Backward(default(TanhOfOutput), [1f, -2f, 4f], [], [0.5f, -0.25f, 1f], delta);
        Assert.Equal([0.75f, -1.875f, 0f], delta);
        Elementwise.Backward(new SlopedSquare(0.5f), [1f, -2f, 4f], [3f, 2f, -1f], [4.5f, 2f, 0.5f], delta);
        Assert.Equal([3f, -4f, -4f], delta);
    }

    [Fact]
    public void Values_beyond_a_limit_are_set_to_it()
    {
        float[] values = [0.5f, -0.5f, 0.7f, -0.8f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -0f];
        Elementwise.Limit(0.7f, values);
        Assert.Equal([0.5f, -0.5f, 0.7f, -0.7f, 0.7f, -0.7f, float.NaN, -0f], values);
    }

    [Fact]
    public void A_span_is_multiplied_as_by_a_loop()
    {
        float[] values = Widths.Mixed(37, 5), expected = [.. values.Select(value => value * 0.3f)];
        Elementwise.Scale(0.3f, values);
        Widths.AssertSameBits(expected, values, "times 0.3");
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
        AssertMaps<ExponentialMinusOne>(
            [0, -0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, -1e30f, 1e30f, float.Epsilon, -1e-30f],
            [0, -0f, -1, float.PositiveInfinity, float.NaN, -1, float.PositiveInfinity, float.Epsilon, -1e-30f]);
        AssertMaps<NormalProbability>(
            [0, -0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, -1e30f, 1e30f, 1e-30f],
            [0.5f, 0.5f, 0, 1, float.NaN, 0, 1, 0.5f]);
    }

    [Fact]
    public void Spans_of_different_lengths_or_shifted_against_each_other_are_refused()
    {
        float[] buffer = new float[10];
        Assert.Throws<ArgumentException>(() => Elementwise.Apply<Sigmoid>(buffer.AsSpan(0, 5), buffer.AsSpan(5, 4)));
        Assert.Throws<ArgumentException>(() => Elementwise.Backward(default(TanhOfOutput), buffer, [], new float[9], buffer));
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
