using System.Runtime.InteropServices;

namespace Nabla.Kernels.Tests;

public class GemmTests
{
    public static TheoryData<KernelWidth, int> WidthsAndThreads()
    {
        var data = new TheoryData<KernelWidth, int>();
        foreach (var width in Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported))
        {
            foreach (int threads in (int[])[1, 2, 3, 5])
                data.Add(width, threads);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(WidthsAndThreads))]
    public void Every_small_size_has_the_bits_of_the_definition(KernelWidth width, int threads)
    {
        // Every third size, so that the tests stay short; neighbours of the tile's edges are all there.
        int[] sizes = [0, 1, 2, 5, 6, 7, 11, 12, 13, 15, 16, 17, 31, 32, 33, 47, 64, 65, 70];
        foreach (int m in sizes)
        {
            foreach (int n in sizes)
            {
                foreach (int k in (int[])[0, 1, 4, 5, 6, 33])
                    Compare(width, threads, m, n, k, layout: m + n + k);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndThreads))]
    public void Large_sizes_have_the_bits_of_the_definition(KernelWidth width, int threads)
    {
        (int M, int N, int K)[] shapes = [(100, 30, 784), (100, 10, 30), (30, 784, 100), (128, 130, 260), (121, 1030, 257), (250, 33, 513), (300, 300, 300), (13, 200, 40), (1, 512, 784), (512, 1, 7)];
        foreach (var (m, n, k) in shapes)
            Compare(width, threads, m, n, k, layout: m + k);
    }

    [Fact]
    public void A_transpose_is_a_swap_of_strides()
    {
        float[] values = [1, 2, 3, 4, 5, 6]; // [2, 3]
        var product = new float[4];
        var matrix = new ReadOnlyMatrix(values, 2, 3);
        Gemm.Multiply(ThreadTeam.Of(1), matrix, matrix.Transposed, new Matrix(product, 2, 2));
        Assert.Equal([14, 32, 32, 77], product);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var values = new float[6];
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(ThreadTeam.Of(1), new(values, 2, 3), new(values, 2, 3), new(new float[4], 2, 2)));
        Assert.Throws<ArgumentException>(() => Gemm.MultiplyAddRow(ThreadTeam.Of(1), new(values, 2, 3), new(values, 3, 2), [1f], new(new float[4], 2, 2)));
        Assert.Throws<ArgumentException>(() => new ReadOnlyMatrix(values, 2, 3, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(values, 2, 3, 2));
    }

    private static void Compare(KernelWidth width, int threads, int m, int n, int k, int layout)
    {
        const int Guard = 3;
        bool beginsWithRow = (layout & 1) == 0;
        var random = new Random(HashCode.Combine(m, n, k));
        int aStride = k + Guard, bStride = n + Guard, cStride = n + Guard;
        float[] a = Values(random, Math.Max(m, 1) * Math.Max(aStride, m + Guard) + k * (m + Guard));
        float[] b = Values(random, Math.Max(k, 1) * bStride + n * (k + Guard));
        float[] expected = Values(random, Math.Max(m, 1) * cStride);
        float[] actual = [.. expected];

        var left = (layout & 2) == 0 ? new ReadOnlyMatrix(a, m, k, aStride, 1) : new ReadOnlyMatrix(a, m, k, 1, m + Guard);
        var right = (layout & 4) == 0 ? new ReadOnlyMatrix(b, k, n, bStride, 1) : new ReadOnlyMatrix(b, k, n, 1, k + Guard);
        var row = beginsWithRow ? Values(random, n) : [];
        GemmDefinition.Run(left, right, row, new Matrix(expected, m, n, cStride));
        Gemm.Run(ThreadTeam.Of(threads), left, right, row, width, new Matrix(actual, m, n, cStride));

        // What stands between the rows is compared too: nobody may write there.
        if (!MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)))
            Assert.Fail($"[{m}, {k}] x [{k}, {n}], layout {layout & 7}: bits differ from the definition.");
    }

    private static float[] Values(Random random, int count)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = (float)(random.NextDouble() - 0.5) * (random.Next(8) == 0 ? 1000f : 1f);
        return values;
    }
}
