namespace Nabla.Kernels.Tests;

/// <summary>At every width and length, every function and derivative has the bits of one lane.</summary>
public class WidthEqualityTests
{
    [Fact]
    public void Functions_have_the_same_bits_at_every_width_length_and_offset()
    {
        CompareForward<Exponential>();
        CompareForward<Logarithm>();
        CompareForward<Sigmoid>();
        CompareForward<HyperbolicTangent>();
        CompareForward<ExponentialMinusOne>();
        CompareForward<NormalProbability>();
        CompareValues(default(TanhOfOutput));
        CompareValues(new SlopedSquare(0.75f));
    }

    [Fact]
    public void Derivatives_have_the_same_bits_at_every_width_length_and_offset()
    {
        CompareBackward(default(TanhOfOutput));
        CompareBackward(new SlopedSquare(0.75f));
    }

    [Fact]
    public void Products_have_the_same_bits_at_every_width_length_and_offset()
    {
        foreach (float factor in (float[])[0.01f, -0f, float.PositiveInfinity, float.NaN])
        {
            Widths.CompareAtEachLengthAndOffset(
                (width, x, _, _, destination) =>
                {
                    x.CopyTo(destination);
                    Elementwise.Scale(width, factor, destination);
                },
                $"times {factor}");
        }
        Widths.CompareAtEachLengthAndOffset((width, x, y, _, destination) => Elementwise.Multiply(width, x, y, destination), "x times y");
        Widths.CompareAtEachLengthAndOffset((width, x, y, _, destination) => Elementwise.Add(width, x, y, destination), "x plus y");
    }

    [Fact]
    public void Limits_have_the_same_bits_at_every_width_length_and_offset() =>
        Widths.CompareAtEachLengthAndOffset(
            (width, x, _, _, destination) =>
            {
                x.CopyTo(destination);
                Elementwise.Limit(width, 0.7f, destination);
            },
            "at most 0.7");

    [Fact]
    public void Softmax_has_the_same_bits_at_every_width()
    {
        for (int columns = 1; columns <= 35; columns++)
        {
            float[] z = Widths.Mixed(columns * 7, (ulong)columns), expected = new float[z.Length], actual = new float[z.Length];
            double[] expectedSums = new double[7], actualSums = new double[7];
            Softmax.Apply(KernelWidth.Scalar, z, columns, expectedSums, expected);
            foreach (KernelWidth width in Widths.Supported)
            {
                Softmax.Apply(width, z, columns, actualSums, actual);
                Widths.AssertSameBits(expected, actual, $"softmax of {columns} at {width}");
                Assert.Equal(expectedSums, actualSums);
            }
        }
    }

    private static void CompareForward<TOperation>() where TOperation : struct, IUnaryOperation =>
        Widths.CompareAtEachLengthAndOffset(
            (width, x, _, _, destination) => Elementwise.Apply<TOperation>(width, x, destination), typeof(TOperation).Name);

    private static void CompareValues<TActivation>(TActivation f) where TActivation : struct, IActivation =>
        Widths.CompareAtEachLengthAndOffset((width, z, _, _, a) => Elementwise.Activate(width, f, z, a), typeof(TActivation).Name);

    private static void CompareBackward<TActivation>(TActivation f) where TActivation : struct, IActivation =>
        Widths.CompareAtEachLengthAndOffset(
            (width, upstream, a, z, delta) => Elementwise.Backward(width, f, upstream, z, a, delta), typeof(TActivation).Name);
}
