namespace Nabla.Kernels.Tests;

/// <summary>Marking, packing and products that skip zeros, with guarded operands of all sizes around those of vectors and words.</summary>
public sealed unsafe class SparseGuardCases
{
    private static readonly int[] Lines = [1, 2, 3, 4, 5, 7];
    private static readonly int[] Depths = [1, 3, 15, 16, 17, 63, 64, 65, 127, 130];
    private static readonly int[] Breadths = [1, 3, 4, 5, 8, 9, 16, 17, 31, 33, 48, 49, 63, 64, 65, 100];

    private readonly GuardedOperands operands = new();

    [Fact(Explicit = true)]
    public void Marks()
    {
        foreach (int rows in (int[])[.. Lines, 8, 63, 64, 65])
        {
            foreach (int columns in Depths)
            {
                operands.AtBothEdges($"marks of {rows} x {columns} floats", () =>
                {
                    float* matrix = GuardedOperands.At<float>(operands.Floats(rows * columns, zeros: 0.5));
                    Turn(rows, columns, (pairs, columnPairs) =>
                        NonZeros.MarkRows(matrix, columns, rows, columns, (ulong*)pairs, (uint*)columnPairs));
                });
                operands.AtBothEdges($"marks of {rows} x {columns} bytes", () =>
                {
                    byte* table = GuardedOperands.At<byte>(operands.Bytes(rows * columns)), copy = At(operands.Room<byte>(rows * columns));
                    var which = operands.Room<int>(rows);
                    for (int row = 0; row < rows; row++)
                        which[row] = rows - 1 - row;
                    int* indices = At(which);
                    Turn(rows, columns, (pairs, columnPairs) => NonZeros.CopyAndMarkRows(
                        table, columns, indices, rows, 0, columns, copy, columns, (ulong*)pairs, (uint*)columnPairs));
                });
            }
        }
    }

    [Fact(Explicit = true)]
    public void Products_of_all_sizes()
    {
        foreach (var width in Widths.Supported)
        {
            foreach (int lines in Lines)
            {
                foreach (int columns in Breadths)
                {
                    foreach (int depth in Depths)
                        Products(width, lines, columns, depth);
                }
            }
        }
    }

    private void Products(KernelWidth width, int lines, int columns, int depth)
    {
        string sizes = $"{lines} x {columns} x {depth} at {width}";
        operands.AtBothEdges($"sparse product of floats {sizes}", () => Multiply(
            width, lines, columns, depth, At(operands.Floats(lines * depth, zeros: 0.7)), null));
        operands.AtBothEdges($"sparse product of bytes {sizes}", () => Multiply(
            width, lines, columns, depth, At(operands.Bytes(lines * depth)), At(operands.Floats(256))));
    }

    private void Multiply(KernelWidth width, int lines, int columns, int depth, void* x, float* table)
    {
        float* packed = At(operands.Room<float>((int)SparseProduct.PackedLength(width, depth, columns)));
        SparseProduct.Pack(width, At(operands.Floats(depth * columns)), columns, columns, depth, 0, depth, packed);
        // All marks of elements that exist: each is visited.
        int words = NonZeros.Words(depth);
        var pairs = operands.Room<ulong>((lines + 1) / 2 * words);
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = i % words < words - 1 || depth % 64 == 0 ? ulong.MaxValue : (1UL << depth % 64) - 1;
        SparseProduct.Run(width, new SparseBlock
        {
            X = x, Table = table, LineStride = depth, DepthStride = 1, Pairs = At(pairs), B = packed, Start = At(operands.Floats(columns)),
            C = At(operands.Room<float>(lines * columns)), CStride = columns, Lines = lines, Columns = columns, Depth = depth,
        });
    }

    /// <summary>Marks rows, and transposes the marks of their columns.</summary>
    private void Turn(int rows, int columns, Action<nint, nint> mark)
    {
        int words = NonZeros.Words(columns), rowsRead = (rows + NonZeros.RowsAtOnce - 1) / NonZeros.RowsAtOnce * NonZeros.RowsAtOnce;
        ulong* pairs = At(operands.Room<ulong>((rows + 1) / 2 * words));
        uint* columnPairs = At(operands.Room<uint>(rowsRead * words));
        mark((nint)pairs, (nint)columnPairs);
        ulong* turned = At(operands.Room<ulong>(NonZeros.PairsOfAWord * NonZeros.Words(rows)));
        for (int word = 0; word < words; word++)
            NonZeros.TurnAround(columnPairs + word, words, rows, turned);
    }

    private static T* At<T>(Span<T> operand)
        where T : unmanaged => GuardedOperands.At<T>(operand);
}
