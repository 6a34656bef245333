using System.Runtime.InteropServices;

namespace Nabla.Kernels.Tests;

public class GemmTests
{
    private const int Sizes = 71; // 0 to 70
    private const int Layouts = 8 * 3 * 4;

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

    public static TheoryData<KernelWidth> SupportedWidths() => [.. Widths.Supported];

    [Theory]
    [MemberData(nameof(SupportedWidths))]
    public void Every_two_sizes_up_to_70_have_the_bits_of_the_definition(KernelWidth width)
    {
        // A Latin square: 71 is a prime, so each pair of sizes, (m, n), (m, k) or (n, k), is there once. Each width has a square of its
        // own.
        int count = 0;
        for (int m = 0; m < Sizes; m++)
        {
            for (int n = 0; n < Sizes; n++)
                Compare([width], m, n, (2 * m + n + (int)width) % Sizes, count++);
        }
    }

    // Slow: the definition itself takes most of the time, so all widths are compared with one run of it.
    [Fact(Explicit = true)]
    public void Every_three_sizes_up_to_70_have_the_bits_of_the_definition()
    {
        for (int product = 0; product < Sizes * Sizes * Sizes; product++)
            Compare(Widths.Supported, product / (Sizes * Sizes), product / Sizes % Sizes, product % Sizes, product);
    }

    [Theory]
    [MemberData(nameof(SupportedWidths))]
    public void Every_two_block_edges_have_the_bits_of_the_definition(KernelWidth width)
    {
        int[] rows = Around(Blocking.TallestTile, Blocking.RowsWorthPacking, Blocking.BlockRows(Blocking.BlockDepth));
        int[] columns = Around((int)width, Blocking.WidestTile, Blocking.ColumnsWorthPacking, Blocking.BlockColumns);
        int[] depths = Around(Blocking.BlockDepth, Blocking.NarrowBlockDepth);
        int count = 0;
        foreach (int m in rows)
        {
            foreach (int n in columns)
                Compare([width], m, n, 3, count++);
            foreach (int k in depths)
                Compare([width], m, 5, k, count++);
        }
        foreach (int n in columns)
        {
            foreach (int k in depths)
                Compare([width], 7, n, k, count++);
        }
        Compare([width], rows[^1], columns[^1], Blocking.BlockDepth + 1, count);
    }

    [Theory]
    [MemberData(nameof(WidthsAndThreads))]
    public void Sizes_around_tiles_have_the_bits_of_the_definition_with_every_team(KernelWidth width, int threads)
    {
        int[] sizes = [0, 1, 2, 5, 6, 7, 11, 12, 13, 15, 16, 17, 31, 32, 33, 47, 64, 65, 70];
        foreach (int m in sizes)
        {
            foreach (int n in sizes)
            {
                foreach (int k in (int[])[0, 1, 4, 5, 6, 33])
                    Compare([width], threads, m, n, k, layout: m + n + k);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndThreads))]
    public void Large_sizes_have_the_bits_of_the_definition(KernelWidth width, int threads)
    {
        (int M, int N, int K)[] shapes =
        [
            (100, 30, 784), (100, 10, 30), (30, 784, 100), (128, 130, 260), (121, 1030, 257), (250, 33, 513), (300, 300, 300),
            (13, 200, 40), (1, 512, 784), (512, 1, 7),
        ];
        foreach (var (m, n, k) in shapes)
            Compare([width], threads, m, n, k, layout: m + k);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public unsafe void An_activation_after_a_product_is_applied_to_each_element_once(int threads)
    {
        foreach (var (m, n, k, gap) in ShapesWithGaps)
        {
            var random = new Random(m);
            float[] a = Uniform(random, m * k), b = Uniform(random, k * n), row = Uniform(random, n);
            float[] expected = new float[m * (n + gap)], actual = new float[expected.Length];
            GemmDefinition.Run(new(a, m, k), new(b, k, n), row, new(expected, m, n, n + gap));
            Elementwise.Apply<HyperbolicTangent>(KernelWidth.Scalar, expected, expected); // tanh 0 is 0: the gaps between rows stay 0
            float[] z = new float[actual.Length];
            fixed (float* inPlace = actual)
            {
                var then = new ThenActivate<TanhOfOutput>(default, inPlace);
                Gemm.MultiplyAddRow(ThreadTeam.Of(threads), new(a, m, k), new(b, k, n), row, new(actual, m, n, n + gap), then);
                Widths.AssertSameBits(expected, actual, $"{m} x {n} x {k} activated in place");
                Array.Clear(actual);
                Gemm.MultiplyAddRow(ThreadTeam.Of(threads), new(a, m, k), new(b, k, n), row, new(z, m, n, n + gap), then);
                Widths.AssertSameBits(expected, actual, $"{m} x {n} x {k} activated into another buffer");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_derivative_after_a_product_multiplies_each_element_once(int threads)
    {
        CompareTimesDerivative(threads, default(TanhOfOutput));
        CompareTimesDerivative(threads, new SlopedSquare(3));
    }

    private static unsafe void CompareTimesDerivative<TActivation>(int threads, TActivation f)
        where TActivation : struct, IActivation
    {
        foreach (var (m, n, k, gap) in ShapesWithGaps)
        {
            var random = new Random(m);
            float[] a = Uniform(random, m * k), b = Uniform(random, k * n);
            float[] input = Uniform(random, m * (n + gap)), output = Uniform(random, input.Length);
            float[] expected = new float[input.Length], actual = new float[input.Length];
            GemmDefinition.Run(new(a, m, k), new(b, k, n), [], new(expected, m, n, n + gap));
            Elementwise.Backward(KernelWidth.Scalar, f, expected, input, output, expected);
            fixed (float* inputs = input, outputs = output)
            {
                var then = new ThenTimesDerivative<TActivation>(f, TActivation.DerivativeNeedsInput ? inputs : null, outputs);
                Gemm.Multiply(ThreadTeam.Of(threads), new(a, m, k), new(b, k, n), new(actual, m, n, n + gap), then);
            }
            for (int start = 0; start < m * (n + gap); start += n + gap)
                Widths.AssertSameBits(expected.AsSpan(start, n), actual.AsSpan(start, n), $"{m} x {n} x {k} times the derivative");
        }
    }

    private static (int M, int N, int K, int Gap)[] ShapesWithGaps => [(7, 3, 5, 0), (100, 33, 20, 0), (33, 130, 9, 4), (5, 4, 0, 2)];

    private static float[] Uniform(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

    [Theory]
    [InlineData(6, 5)]
    [InlineData(5, 6)]
    public void A_thread_without_a_tile_has_nothing_to_do(int m, int n)
    {
        const int k = 1 << 17; // so many terms are worth several threads, and there is one tile
        var random = new Random(m);
        float[] a = Uniform(random, m * k), b = Uniform(random, k * n), alone = new float[m * n], shared = new float[m * n];
        Gemm.Multiply(ThreadTeam.Of(1), new(a, m, k), new(b, k, n), new(alone, m, n));
        Gemm.Multiply(ThreadTeam.Of(5), new(a, m, k), new(b, k, n), new(shared, m, n));
        Widths.AssertSameBits(alone, shared, $"{m} x {n} x {k}");
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
    public void Sizes_that_do_not_match_are_refused()
    {
        float[] values = new float[6], result = new float[4];
        var team = ThreadTeam.Of(1);
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(team, new(values, 2, 3), new(values, 2, 3), new(result, 2, 2)));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(team, new(values, 2, 3), new(values, 3, 2), new(result, 1, 2)));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(team, new(values, 2, 3), new(values, 3, 2), new(result, 2, 1)));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(team, new(values, 0, 3), new(values, 3, 2), new(result, 2, 2)));
        Assert.Throws<ArgumentException>(() => Gemm.MultiplyAddRow(team, new(values, 2, 3), new(values, 3, 2), [1f], new(result, 2, 2)));
        Assert.Throws<ArgumentException>(() => new ReadOnlyMatrix(values, 2, 3, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(values, 2, 3, 2));
        Assert.Throws<ArgumentException>(() => new ReadOnlyMatrix(values, 1 << 20, 1 << 20, 1 << 20, 1 << 12)); // 0 in 32 bits
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOnlyMatrix(values, int.MaxValue, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOnlyMatrix(values, 1, int.MaxValue, 1, 0));
    }

    /// <summary>One product in its turn: with the count, layouts and numbers of threads go round.</summary>
    private static void Compare(KernelWidth[] widths, int m, int n, int k, int count)
    {
        int[] threads = [1, 2, 3, 5];
        Compare(widths, threads[count / Layouts % threads.Length], m, n, k, layout: count);
    }

    /// <summary>
    /// One product beside its definition. Of the layout's choices, which go round, are with a row to begin with or without, each operand
    /// as it is or transposed (8), its elements 1, 2 or 3 apart (3), and 0 to 3 elements between lines (4).
    /// </summary>
    private static void Compare(KernelWidth[] widths, int threads, int m, int n, int k, int layout)
    {
        const int Guard = 3;
        bool beginsWithRow = (layout & 1) == 0;
        int step = 1 + layout / 8 % 3, gap = layout / 24 % 4;
        var random = new Random((m * Sizes + n) * Sizes + k);
        int cStride = n + gap;
        float[] expected = Values(random, m * cStride + Guard);
        float[] untouched = [.. expected];
        var left = Operand(random, m, k, step, gap, isTransposed: (layout & 2) != 0);
        var right = Operand(random, k, n, step, gap, isTransposed: (layout & 4) != 0);
        var row = beginsWithRow ? Values(random, n) : [];
        GemmDefinition.Run(left, right, row, new Matrix(expected, m, n, cStride));
        foreach (var width in widths)
        {
            float[] actual = [.. untouched];
            Run(width, threads, left, right, row, new Matrix(actual, m, n, cStride));

            // The gaps between rows and the guard after them are compared too: they must not be written.
            if (!MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)))
                Assert.Fail($"[{m}, {k}] x [{k}, {n}], {width}, {threads} threads, layout {layout % Layouts}: not the definition's bits.");
        }
    }

    private static void Run(
        KernelWidth width, int threads, ReadOnlyMatrix left, ReadOnlyMatrix right, ReadOnlySpan<float> row, Matrix result) =>
        Gemm.Run(ThreadTeam.Of(threads), left, right, row, width, result);

    /// <summary>
    /// A matrix whose rows, or columns if it is transposed, lie one behind the other with a gap, their elements a step apart.
    /// </summary>
    private static ReadOnlyMatrix Operand(Random random, int rows, int columns, int step, int gap, bool isTransposed)
    {
        if (isTransposed)
            return Operand(random, columns, rows, step, gap, isTransposed: false).Transposed;
        int stride = columns * step + gap;
        return new ReadOnlyMatrix(Values(random, rows * stride), rows, columns, stride, step);
    }

    /// <summary>Each number between its neighbours, without repetition, ascending.</summary>
    private static int[] Around(params int[] edges) => [.. edges.SelectMany(edge => new[] { edge - 1, edge, edge + 1 }).Distinct().Order()];

    private static float[] Values(Random random, int count)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = (float)(random.NextDouble() - 0.5) * (random.Next(8) == 0 ? 1000f : 1f);
        return values;
    }
}
