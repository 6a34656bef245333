using System.Runtime.InteropServices;

namespace Nabla.Kernels.Tests;

public class UpdateTests
{
    public static TheoryData<KernelWidth> Widths() => [.. Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sgd_has_the_bits_of_its_formula_at_every_length(KernelWidth width)
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] gradient = Values(length, 1), actual = Values(length, 2), expected = [.. actual];
            for (int i = 0; i < length; i++)
            {
                float slope = ScalarLanes.FusedMultiplyAdd(0.01f, expected[i], gradient[i]);
                expected[i] = ScalarLanes.FusedMultiplyAdd(-0.3f, slope, expected[i]);
            }
            SgdUpdate.Step(gradient, 0.3f, 0.01f, width, actual);
            AssertSameBits(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Adam_has_the_bits_of_one_lane_at_every_length(KernelWidth width)
    {
        var coefficients = new AdamCoefficients(0.9f, 0.999f, 1e-8f, 0.01f, 31.6f, 0.001f);
        for (int length = 0; length <= 70; length++)
        {
            float[] gradient = Values(length, 1);
            float[] mean = Values(length, 2), square = [.. Values(length, 3).Select(MathF.Abs)], weights = Values(length, 4);
            float[] mean1 = [.. mean], square1 = [.. square], weights1 = [.. weights];
            AdamUpdate.Step(gradient, coefficients, KernelWidth.Scalar, mean1, square1, weights1);
            AdamUpdate.Step(gradient, coefficients, width, mean, square, weights);
            AssertSameBits(mean1, mean);
            AssertSameBits(square1, square);
            AssertSameBits(weights1, weights);
        }
    }

    [Fact]
    public void Adams_first_step_has_the_length_of_the_learning_rate()
    {
        // m = 0.1 g, v = 0.001 g^2; corrected for the start, m / sqrt(v) is the sign of g.
        float[] weights = [1f, 1f];
        var coefficients = new AdamCoefficients(0.9f, 0.999f, 1e-8f, 0.01f / (1 - 0.9f), 1 / MathF.Sqrt(1 - 0.999f), 0f);
        AdamUpdate.Step([0.5f, -20f], coefficients, new float[2], new float[2], weights);
        Assert.Equal(0.99f, weights[0], 1e-5f);
        Assert.Equal(1.01f, weights[1], 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Columns_are_summed_from_the_first_row_to_the_last(KernelWidth width)
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            float[] matrix = Values(columns * 13, columns), actual = new float[columns], expected = new float[columns];
            for (int i = 0; i < matrix.Length; i++)
                expected[i % columns] += matrix[i];
            Rows.Sum(ThreadTeam.Of(3), matrix, width, actual);
            AssertSameBits(expected, actual);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_whole_rows_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Rows.Sum(ThreadTeam.Of(1), new float[7], new float[5]));
        Assert.Throws<ArgumentException>(() => Rows.Sum(ThreadTeam.Of(1), new float[7], []));
    }

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = (float)(random.NextDouble() - 0.5) * 4;
        return values;
    }

    private static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(actual).ToArray());
}
