using System.Runtime.InteropServices;

namespace Nabla.Kernels.Tests;

public class RowsTests
{
    public static TheoryData<KernelWidth> Widths() => [.. Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported)];

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
