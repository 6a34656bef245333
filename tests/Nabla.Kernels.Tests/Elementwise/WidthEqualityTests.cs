namespace Nabla.Kernels.Tests;

/// <summary>At every width and length, every function and derivative has the bits of one lane.</summary>
public class WidthEqualityTests
{
    [Fact]
    public void Functions_have_the_same_bits_at_every_width_length_and_offset()
    {
        CompareForward<Exponential>();
        CompareForward<Logarithm>();
        CompareValues(default(Sigmoid));
        CompareValues(default(SigmoidAsPrinted));
        CompareValues(default(HyperbolicTangent));
        CompareValues(default(Rectifier));
        CompareValues(default(Identity));
        CompareValues(new SlopedSquare(0.75f));
    }

    [Fact]
    public void Derivatives_have_the_same_bits_at_every_width_length_and_offset()
    {
        CompareBackward(default(Sigmoid));
        CompareBackward(default(SigmoidAsPrinted));
        CompareBackward(default(HyperbolicTangent));
        CompareBackward(default(Rectifier));
        CompareBackward(default(Identity));
        CompareBackward(new SlopedSquare(0.75f));
    }

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
        ForEachLengthAndOffset(
            (width, x, _, _, destination) => Elementwise.Apply<TOperation>(width, x, destination), typeof(TOperation).Name);

    private static void CompareValues<TActivation>(TActivation f) where TActivation : struct, IActivation =>
        ForEachLengthAndOffset((width, z, _, _, a) => Elementwise.Activate(width, f, z, a), typeof(TActivation).Name);

    private static void CompareBackward<TActivation>(TActivation f) where TActivation : struct, IActivation =>
        ForEachLengthAndOffset(
            (width, upstream, a, z, delta) => Elementwise.Backward(width, f, upstream, z, a, delta), typeof(TActivation).Name);

    private delegate void Kernel(
        KernelWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination);

    private static void ForEachLengthAndOffset(Kernel kernel, string name)
    {
        const float untouched = 12345.678f;
        for (int length = 0; length <= 70; length++)
        {
            int offset = length % 5;
            float[] x = Widths.Mixed(length + offset, (ulong)length), y = Widths.Mixed(length + offset, 1000 + (ulong)length);
            float[] z = Widths.Mixed(length + offset, 2000 + (ulong)length), expected = new float[length];
            kernel(KernelWidth.Scalar, x.AsSpan(offset), y.AsSpan(offset), z.AsSpan(offset), expected);
            foreach (KernelWidth width in Widths.Supported)
            {
                float[] actual = [.. Enumerable.Repeat(untouched, length + 2 * offset + 1)];
                kernel(width, x.AsSpan(offset), y.AsSpan(offset), z.AsSpan(offset), actual.AsSpan(offset, length));
                Widths.AssertSameBits(expected, actual.AsSpan(offset, length), $"{name} of {length} at {width}");
                Assert.All(actual[..offset].Concat(actual[(offset + length)..]), value => Assert.Equal(untouched, value));
                float[] inPlace = x[offset..];
                kernel(width, inPlace, y.AsSpan(offset), z.AsSpan(offset), inPlace);
                Widths.AssertSameBits(expected, inPlace, $"{name} of {length} in place at {width}");
            }
        }
    }
}
