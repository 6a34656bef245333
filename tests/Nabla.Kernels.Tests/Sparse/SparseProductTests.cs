namespace Nabla.Kernels.Tests;

/// <summary>Products that skip zeros have the bits of the dense definition, however their operand is stored.</summary>
public unsafe class SparseProductTests
{
    private static readonly (int Examples, int Inputs, int Outputs)[] Shapes =
    [
        (1, 1, 1), (1, 64, 10), (2, 65, 16), (3, 63, 17), (4, 64, 32), (5, 130, 33), (7, 784, 30), (8, 70, 49), (64, 64, 64), (65, 100, 65),
        (100, 784, 30), (130, 33, 100), (12, 257, 130), (200, 5, 3),
    ];

    public static TheoryData<KernelWidth> Supported() => [.. Widths.Supported];

    [Theory]
    [MemberData(nameof(Supported))]
    public void Forward_products_have_the_bits_of_the_definition(KernelWidth width)
    {
        foreach (var (examples, inputs, outputs) in Shapes)
        {
            foreach (double density in (double[])[0, 0.02, 0.2, 0.9])
            {
                var random = new Random(HashCode.Combine(examples, inputs, outputs, density));
                float[] x = Sparse(random, examples * inputs, density);
                float[] weights = Values(random, inputs * outputs), biases = Values(random, outputs);
                Compare(width, x, examples, inputs, weights, outputs, biases, $"{examples} x {inputs} x {outputs}, density {density}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Gradients_have_the_bits_of_the_definition(KernelWidth width)
    {
        foreach (var (examples, inputs, outputs) in Shapes)
        {
            foreach (double density in (double[])[0, 0.02, 0.2, 0.9])
            {
                var random = new Random(HashCode.Combine(examples, inputs, outputs, density));
                float[] x = Sparse(random, examples * inputs, density), delta = Values(random, examples * outputs);
                var expected = new float[inputs * outputs];
                GemmDefinition.Run(
                    new ReadOnlyMatrix(x, examples, inputs).Transposed, new ReadOnlyMatrix(delta, examples, outputs), [],
                    new Matrix(expected, inputs, outputs));
                float[] actual = Gradient(width, x, examples, inputs, delta, outputs);
                Widths.AssertSameBits(expected, actual, $"{examples} x {inputs} x {outputs}, density {density}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void A_term_of_zeros_turns_minus_zero_into_zero_as_in_the_dense_product(KernelWidth width)
    {
        // The first term is negative and underflows: the chain is -0. The second term, 0 * 1, makes it 0; 0 * -1 would not.
        float[] x = [float.Epsilon, 0, float.Epsilon, 0], weights = [-0.25f, -0.25f, 1, -1];
        Compare(width, x, examples: 2, inputs: 2, weights, outputs: 2, [0f, 0f], "minus zero");
        Compare(width, x, examples: 2, inputs: 2, weights, outputs: 2, [-0f, -0f], "starting from minus zero");
        Compare(width, [1, 0, .. x, 1, 0], examples: 4, inputs: 2, weights, outputs: 2, [0f, 0f], "minus zero inside a group");
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Bytes_have_the_bits_of_their_values_in_the_table(KernelWidth width)
    {
        const int Examples = 9, Inputs = 150, Outputs = 37;
        var random = new Random(3);
        float[] table = Values(random, 256), weights = Values(random, Inputs * Outputs), biases = Values(random, Outputs);
        table[0] = 0;
        byte[] bytes = [.. Enumerable.Range(0, Examples * Inputs).Select(_ => random.Next(4) == 0 ? (byte)random.Next(256) : (byte)0)];
        float[] floats = [.. bytes.Select(value => table[value])], z = new float[Examples * Outputs];
        var packed = new float[SparseProduct.PackedLength(width, Inputs, Outputs)];
        ulong[] rowPairs = new ulong[5 * NonZeros.Words(Inputs)], expectedRowPairs = new ulong[rowPairs.Length];
        uint[] columnPairs = new uint[Examples * NonZeros.Words(Inputs)], expectedColumnPairs = new uint[columnPairs.Length];
        Array.Fill(rowPairs, ulong.MaxValue); // as an earlier batch may have left it
        int[] order = [3, 0, 8, 1, 7, 2, 6, 5, 4];
        byte[] copied = new byte[bytes.Length], shuffled = Shuffled(bytes, order, Inputs);
        fixed (byte* x = copied, from = shuffled)
        fixed (float* values = table, expectedX = floats, w = weights, b = packed, bias = biases, c = z)
        fixed (ulong* pairs = rowPairs, expectedPairs = expectedRowPairs)
        fixed (uint* columns = columnPairs, expectedColumns = expectedColumnPairs)
        {
            NonZeros.MarkRows(expectedX, Inputs, Examples, Inputs, expectedPairs, expectedColumns);
            Assert.Equal(bytes.Count(value => value != 0), CopyAndMarkInTwoCalls(from, order, Inputs, x, pairs, columns));
            Assert.Equal(bytes, copied);
            SparseProduct.Pack(width, w, Outputs, Outputs, Inputs, 0, Inputs, b);
            SparseProduct.Run(width, new SparseBlock
            {
                X = x, Table = values, LineStride = Inputs, DepthStride = 1, Pairs = pairs, B = b, Start = bias, C = c, CStride = Outputs,
                Lines = Examples, Columns = Outputs, Depth = Inputs,
            });
        }
        Assert.Equal(expectedRowPairs, rowPairs);
        Assert.Equal(expectedColumnPairs, columnPairs);
        Widths.AssertSameBits(Forward(width, floats, Examples, Inputs, weights, Outputs, biases), z, "bytes");
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Packing_detects_values_that_are_not_finite(KernelWidth width)
    {
        foreach (var (_, inputs, outputs) in Shapes)
        {
            var weights = Values(new Random(inputs), inputs * outputs);
            var packed = new float[SparseProduct.PackedLength(width, inputs, outputs)];
            foreach (int place in (int[])[0, weights.Length / 2, weights.Length - 1])
            {
                Assert.True(Pack());
                (float value, weights[place]) = (weights[place], float.NegativeInfinity);
                Assert.False(Pack(), $"{inputs} x {outputs}, {place}");
                weights[place] = value;
            }

            bool Pack()
            {
                fixed (float* w = weights, b = packed)
                    return SparseProduct.Pack(width, w, outputs, outputs, inputs, 0, inputs, b);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void A_packed_operand_has_columns_rounded_up_to_whole_vectors(KernelWidth width)
    {
        int vector = (int)width;
        Assert.Equal(0, SparseProduct.PackedLength(width, 5, 0));
        Assert.Equal(0, SparseProduct.PackedLength(width, 0, 5));
        Assert.Equal(5 * vector, SparseProduct.PackedLength(width, 5, 1));
        Assert.Equal(5 * vector, SparseProduct.PackedLength(width, 5, vector));
        Assert.Equal(5 * 2 * vector, SparseProduct.PackedLength(width, 5, vector + 1));
        Assert.Equal(4_200_000L * vector, SparseProduct.PackedLength(width, 4_200_000, 1));
        Assert.Equal((1L << 31) * int.MaxValue - int.MaxValue, SparseProduct.PackedLength(KernelWidth.Scalar, int.MaxValue, int.MaxValue));
        Assert.Equal((1L << 31) * int.MaxValue, SparseProduct.PackedLength(KernelWidth.Vector512, int.MaxValue, int.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Packing_writes_nothing_outside_the_packed_operand(KernelWidth width)
    {
        const float untouched = 12345.678f;
        const int guard = SparseProduct.WidestStrip;
        foreach (int depth in (int[])[1, 3, 20])
        {
            for (int columns = 1; columns <= 2 * SparseProduct.WidestStrip + 1; columns++)
            {
                float[] source = Values(new Random(columns), depth * columns);
                float[] packed = [.. Enumerable.Repeat(untouched, (int)SparseProduct.PackedLength(width, depth, columns) + 2 * guard)];
                fixed (float* start = source, room = packed)
                {
                    // Shares begin at multiples of the widest strip, as several threads pack them.
                    for (int first = 0; first < columns; first += SparseProduct.WidestStrip)
                    {
                        int count = Math.Min(SparseProduct.WidestStrip, columns - first);
                        SparseProduct.Pack(width, start + first, columns, count, depth, 0, depth, room + guard + first * depth);
                    }
                }
                Assert.All(packed[..guard].Concat(packed[^guard..]), value => Assert.Equal(untouched, value));
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Values_that_are_not_finite_are_detected(float value)
    {
        for (int length = 0; length < 70; length++)
        {
            for (int place = 0; place < length; place++)
            {
                var values = new float[length];
                values[place] = value;
                Assert.False(Finite.All(values));
            }
            Assert.True(Finite.All([.. Enumerable.Repeat(float.MaxValue, length)]));
        }
    }

    [Fact]
    public void Zeros_are_not_marked_but_NaN_is()
    {
        float[] x = [0, -0f, float.NaN, 1, 0];
        ulong marks;
        uint pairs;
        fixed (float* start = x)
            Assert.Equal(2, NonZeros.MarkRows(start, 5, 1, 5, &marks, &pairs));
        Assert.Equal(0b01100UL, marks);
        Assert.Equal(0b0100U, pairs);
    }

    /// <summary>A table whose row order[i] is row i of the bytes.</summary>
    private static byte[] Shuffled(byte[] bytes, int[] order, int inputs)
    {
        var shuffled = new byte[bytes.Length];
        for (int i = 0; i < order.Length; i++)
            bytes.AsSpan(i * inputs, inputs).CopyTo(shuffled.AsSpan(order[i] * inputs));
        return shuffled;
    }

    private static long CopyAndMarkInTwoCalls(byte* table, int[] order, int inputs, byte* copy, ulong* rowPairs, uint* columnPairs)
    {
        fixed (int* which = order)
        {
            // The first call may prefetch two of the rows that follow.
            long count = NonZeros.CopyAndMarkRows(table, inputs, which, 4, 2, inputs, copy, inputs, rowPairs, columnPairs);
            return count + NonZeros.CopyAndMarkRows(
                table, inputs, which + 4, order.Length - 4, 0, inputs,
                copy + 4 * inputs, inputs, rowPairs + 2 * NonZeros.Words(inputs), columnPairs + 4 * NonZeros.Words(inputs));
        }
    }

    private static void Compare(
        KernelWidth width, float[] x, int examples, int inputs, float[] weights, int outputs, float[] biases, string what)
    {
        var expected = new float[examples * outputs];
        GemmDefinition.Run(
            new ReadOnlyMatrix(x, examples, inputs), new ReadOnlyMatrix(weights, inputs, outputs), biases,
            new Matrix(expected, examples, outputs));
        Widths.AssertSameBits(expected, Forward(width, x, examples, inputs, weights, outputs, biases), what);
    }

    private static float[] Forward(KernelWidth width, float[] x, int examples, int inputs, float[] weights, int outputs, float[] biases)
    {
        var z = new float[examples * outputs];
        var rowPairs = new ulong[(examples + 1) / 2 * NonZeros.Words(inputs)];
        var columnPairs = new uint[examples * NonZeros.Words(inputs)];
        var packed = new float[SparseProduct.PackedLength(width, inputs, outputs)];
        fixed (float* start = x, w = weights, b = packed, bias = biases, c = z)
        fixed (ulong* pairs = rowPairs)
        fixed (uint* columns = columnPairs)
        {
            Assert.Equal(x.Count(value => value != 0), NonZeros.MarkRows(start, inputs, examples, inputs, pairs, columns));
            // In two calls, as two threads pack it.
            int half = inputs / 2;
            SparseProduct.Pack(width, w, outputs, outputs, inputs, 0, half, b);
            SparseProduct.Pack(width, w, outputs, outputs, inputs, half, inputs, b);
            SparseProduct.Run(width, new SparseBlock
            {
                X = start, LineStride = inputs, DepthStride = 1, Pairs = pairs, B = b, Start = bias, C = c, CStride = outputs,
                Lines = examples, Columns = outputs, Depth = inputs,
            });
        }
        return z;
    }

    private static float[] Gradient(KernelWidth width, float[] x, int examples, int inputs, float[] delta, int outputs)
    {
        var gradient = new float[inputs * outputs];
        var rowPairs = new ulong[(examples + 1) / 2 * NonZeros.Words(inputs)];
        var columnPairs = new uint[(examples + NonZeros.RowsAtOnce - 1) * NonZeros.Words(inputs)];
        Array.Fill(columnPairs, uint.MaxValue); // as a larger batch may have left it
        var turned = new ulong[NonZeros.PairsOfAWord * NonZeros.Words(examples)];
        var packed = new float[SparseProduct.PackedLength(width, examples, outputs)];
        fixed (float* start = x, d = delta, b = packed, c = gradient)
        fixed (ulong* rows = rowPairs, pairs = turned)
        fixed (uint* columns = columnPairs)
        {
            NonZeros.MarkRows(start, inputs, examples, inputs, rows, columns);
            SparseProduct.Pack(width, d, outputs, outputs, examples, 0, examples, b);
            for (int word = 0; word < NonZeros.Words(inputs); word++)
            {
                NonZeros.TurnAround(columns + word, NonZeros.Words(inputs), examples, pairs);
                SparseProduct.Run(width, new SparseBlock
                {
                    X = start + 64 * word, LineStride = 1, DepthStride = inputs, Pairs = pairs, B = b,
                    C = c + 64 * word * outputs, CStride = outputs,
                    Lines = Math.Min(64, inputs - 64 * word), Columns = outputs, Depth = examples,
                });
            }
        }
        return gradient;
    }

    private static float[] Sparse(Random random, int count, double density)
    {
        float[] values = Values(random, count);
        foreach (ref float value in values.AsSpan())
            value = random.NextDouble() < density ? value : random.Next(4) == 0 ? -0f : 0f;
        return values;
    }

    // Some of them are so small that their products underflow.
    private static float[] Values(Random random, int count)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = (float)(random.NextDouble() - 0.5) * (random.Next(6) == 0 ? 1e-30f : 1f);
        return values;
    }
}
