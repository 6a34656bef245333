namespace Nabla.Kernels.Tests;

/// <summary>Products that skip zeros have the bits of the dense definition, whichever way their operand lies.</summary>
public unsafe class SparseProductTests
{
    private static readonly (int Examples, int Inputs, int Outputs)[] Shapes =
    [
        (1, 1, 1), (1, 64, 10), (2, 65, 16), (3, 63, 17), (4, 64, 32), (5, 130, 33), (7, 784, 30), (8, 70, 49), (64, 64, 64), (65, 100, 65), (100, 784, 30), (130, 33, 100),
        (12, 257, 130), (200, 5, 3),
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
                float[] x = Sparse(random, examples * inputs, density), weights = Values(random, inputs * outputs), biases = Values(random, outputs);
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
                    new ReadOnlyMatrix(x, examples, inputs).Transposed, new ReadOnlyMatrix(delta, examples, outputs), [], new Matrix(expected, inputs, outputs));
                Widths.AssertSameBits(expected, Gradient(width, x, examples, inputs, delta, outputs), $"{examples} x {inputs} x {outputs}, density {density}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void A_term_of_zeros_lifts_a_chain_from_minus_zero_as_in_the_dense_product(KernelWidth width)
    {
        // The first term is too small for a float and negative: the chain stands at -0. The second, 0 * 1, makes it 0; 0 * -1 would not.
        float[] x = [float.Epsilon, 0, float.Epsilon, 0], weights = [-0.25f, -0.25f, 1, -1];
        Compare(width, x, examples: 2, inputs: 2, weights, outputs: 2, [0f, 0f], "minus zero");
        Compare(width, x, examples: 2, inputs: 2, weights, outputs: 2, [-0f, -0f], "beginning with minus zero");
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Bytes_have_the_bits_of_the_floats_that_they_stand_for(KernelWidth width)
    {
        const int Examples = 9, Inputs = 150, Outputs = 37;
        var random = new Random(3);
        float[] table = Values(random, 256), weights = Values(random, Inputs * Outputs), biases = Values(random, Outputs);
        table[0] = 0;
        byte[] bytes = [.. Enumerable.Range(0, Examples * Inputs).Select(_ => random.Next(4) == 0 ? (byte)random.Next(256) : (byte)0)];
        float[] floats = [.. bytes.Select(value => table[value])], packed = new float[SparseProduct.PackedLength(Inputs, Outputs)], z = new float[Examples * Outputs];
        ulong[] rowGroups = new ulong[3 * NonZeros.Words(Inputs)], expectedRowGroups = new ulong[rowGroups.Length];
        ushort[] columnGroups = new ushort[Examples * NonZeros.Words(Inputs)], expectedColumnGroups = new ushort[columnGroups.Length];
        fixed (byte* x = bytes)
        fixed (float* values = table, expectedX = floats, w = weights, b = packed, bias = biases, c = z)
        fixed (ulong* groups = rowGroups, expectedGroups = expectedRowGroups)
        fixed (ushort* columns = columnGroups, expectedColumns = expectedColumnGroups)
        {
            NonZeros.MarkRows(expectedX, Examples, Inputs, expectedGroups, expectedColumns);
            Assert.Equal(bytes.Count(value => value != 0), NonZeros.MarkRows(x, Examples, Inputs, groups, columns));
            SparseProduct.Pack(width, w, Outputs, Outputs, Inputs, 0, Inputs, b);
            SparseProduct.Run(width, new SparseBlock
            {
                X = x, Table = values, LineStride = Inputs, DepthStride = 1, Groups = groups, B = b, Start = bias, C = c, CStride = Outputs, Lines = Examples,
                Columns = Outputs, Depth = Inputs,
            });
        }
        Assert.Equal(expectedRowGroups, rowGroups);
        Assert.Equal(expectedColumnGroups, columnGroups);
        Widths.AssertSameBits(Forward(width, floats, Examples, Inputs, weights, Outputs, biases), z, "bytes");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_is_found(float value)
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
    public void Zeros_are_counted_and_NaN_is_none()
    {
        float[] x = [0, -0f, float.NaN, 1, 0];
        ulong marks;
        ushort groups;
        fixed (float* start = x)
            Assert.Equal(2, NonZeros.MarkRows(start, 1, 5, &marks, &groups));
        Assert.Equal(0b01100UL, marks);
        Assert.Equal(0b01, groups);
    }

    private static void Compare(KernelWidth width, float[] x, int examples, int inputs, float[] weights, int outputs, float[] biases, string what)
    {
        var expected = new float[examples * outputs];
        GemmDefinition.Run(
            new ReadOnlyMatrix(x, examples, inputs), new ReadOnlyMatrix(weights, inputs, outputs), biases, new Matrix(expected, examples, outputs));
        Widths.AssertSameBits(expected, Forward(width, x, examples, inputs, weights, outputs, biases), what);
    }

    private static float[] Forward(KernelWidth width, float[] x, int examples, int inputs, float[] weights, int outputs, float[] biases)
    {
        var z = new float[examples * outputs];
        var rowGroups = new ulong[(examples + 3) / 4 * NonZeros.Words(inputs)];
        var columnGroups = new ushort[examples * NonZeros.Words(inputs)];
        var packed = new float[SparseProduct.PackedLength(inputs, outputs)];
        fixed (float* start = x, w = weights, b = packed, bias = biases, c = z)
        fixed (ulong* groups = rowGroups)
        fixed (ushort* columns = columnGroups)
        {
            Assert.Equal(x.Count(value => value != 0), NonZeros.MarkRows(start, examples, inputs, groups, columns));
            // In two stretches, as two threads do it.
            int half = inputs / 2;
            SparseProduct.Pack(width, w, outputs, outputs, inputs, 0, half, b);
            SparseProduct.Pack(width, w, outputs, outputs, inputs, half, inputs, b);
            SparseProduct.Run(width, new SparseBlock
            {
                X = start, LineStride = inputs, DepthStride = 1, Groups = groups, B = b, Start = bias, C = c, CStride = outputs, Lines = examples,
                Columns = outputs, Depth = inputs,
            });
        }
        return z;
    }

    private static float[] Gradient(KernelWidth width, float[] x, int examples, int inputs, float[] delta, int outputs)
    {
        var gradient = new float[inputs * outputs];
        var rowGroups = new ulong[(examples + 3) / 4 * NonZeros.Words(inputs)];
        var columnGroups = new ushort[examples * NonZeros.Words(inputs)];
        var turned = new ulong[NonZeros.GroupsOfAWord * NonZeros.Words(examples)];
        var packed = new float[SparseProduct.PackedLength(examples, outputs)];
        fixed (float* start = x, d = delta, b = packed, c = gradient)
        fixed (ulong* rows = rowGroups, groups = turned)
        fixed (ushort* columns = columnGroups)
        {
            NonZeros.MarkRows(start, examples, inputs, rows, columns);
            SparseProduct.Pack(width, d, outputs, outputs, examples, 0, examples, b);
            for (int word = 0; word < NonZeros.Words(inputs); word++)
            {
                NonZeros.TurnAround(columns, examples, NonZeros.Words(inputs), word, groups);
                SparseProduct.Run(width, new SparseBlock
                {
                    X = start + 64 * word, LineStride = 1, DepthStride = inputs, Groups = groups, B = b, C = c + 64 * word * outputs, CStride = outputs,
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

    // Among them such as make products that are too small for a float.
    private static float[] Values(Random random, int count)
    {
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = (float)(random.NextDouble() - 0.5) * (random.Next(6) == 0 ? 1e-30f : 1f);
        return values;
    }
}
