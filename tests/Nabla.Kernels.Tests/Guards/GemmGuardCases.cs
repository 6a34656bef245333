namespace Nabla.Kernels.Tests;

/// <summary>Dense products and packing, with guarded operands of all sizes around those of tiles.</summary>
public sealed unsafe class GemmGuardCases
{
    private static readonly int[] Heights = [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 18, 25];
    private static readonly int[] Breadths = [1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 100];
    private static readonly int[] Depths = [1, 3, 4, 5, 8, 13];

    private readonly GuardedOperands operands = new();

    [Fact(Explicit = true)]
    public void Products_of_all_sizes()
    {
        foreach (var width in Widths.Supported)
        {
            foreach (int m in Heights)
            {
                foreach (int n in Breadths)
                {
                    foreach (int k in Depths)
                        Products(width, m, n, k);
                }
            }
        }
    }

    [Fact(Explicit = true)]
    public void Products_shared_by_threads()
    {
        foreach (int m in (int[])[1, 13, 40])
        {
            foreach (int n in (int[])[1, 17, 100])
            {
                operands.AtBothEdges($"product {m} x {n} x 9 of three threads", () => Gemm.MultiplyAddRow(
                    ThreadTeam.Of(3), Plain(m, 9), Plain(9, n), operands.Floats(n), new Matrix(operands.Room<float>(m * n), m, n)));
            }
        }
    }

    [Fact(Explicit = true)]
    public void Packing_of_strips()
    {
        foreach (int width in (int[])[4, 6, 8, 12, 16, 32])
        {
            for (int lines = 1; lines <= width; lines++)
            {
                foreach (int depth in (int[])[1, 2, 3, 4, 5, 7, 8, 9])
                    Packing_of_a_strip(width, lines, depth);
            }
        }
    }

    private void Products(KernelWidth width, int m, int n, int k)
    {
        var team = ThreadTeam.Of(1);
        string sizes = $"{m} x {n} x {k} at {width}";
        operands.AtBothEdges($"product {sizes}", () => Gemm.Run(
            team, Plain(m, k), Plain(k, n), operands.Floats(n), width, new Matrix(operands.Room<float>(m * n), m, n)));
        operands.AtBothEdges($"transposed product {sizes}", () => Gemm.Run(
            team, Plain(k, m).Transposed, Plain(n, k).Transposed, [], width, new Matrix(operands.Room<float>(m * n), m, n)));
        operands.AtBothEdges($"product with gaps {sizes}", () => Gemm.Run(
            team, WithGaps(m, k), WithGaps(k, n), operands.Floats(n), width,
            new Matrix(operands.Room<float>((m - 1) * (n + 3) + n), m, n, n + 3)));
        operands.AtBothEdges($"transposed product with gaps {sizes}", () => Gemm.Run(
            team, WithGaps(k, m).Transposed, WithGaps(n, k).Transposed, [], width, new Matrix(operands.Room<float>(m * n), m, n)));
    }

    private void Packing_of_a_strip(int width, int lines, int depth)
    {
        string sizes = $"{lines} of {width} lines, {depth} deep";
        operands.AtBothEdges($"packing {sizes}, lines adjacent", () => Packing.PackStrip(
            GuardedOperands.At<float>(operands.Floats(depth * lines)), 1, lines, lines, depth, width,
            GuardedOperands.At<float>(operands.Room<float>(depth * width))));
        operands.AtBothEdges($"packing {sizes}, depth adjacent", () => Packing.PackStrip(
            GuardedOperands.At<float>(operands.Floats(lines * depth)), depth, 1, lines, depth, width,
            GuardedOperands.At<float>(operands.Room<float>(depth * width))));
        operands.AtBothEdges($"packing {sizes}, nothing adjacent", () => Packing.PackStrip(
            GuardedOperands.At<float>(operands.Floats((lines - 1) * 2 * depth + 2 * (depth - 1) + 1)), 2 * depth, 2, lines, depth, width,
            GuardedOperands.At<float>(operands.Room<float>(depth * width))));
    }

    private ReadOnlyMatrix Plain(int rows, int columns) => new(operands.Floats(rows * columns), rows, columns);

    private ReadOnlyMatrix WithGaps(int rows, int columns) =>
        new(operands.Floats((rows - 1) * (columns + 5) + columns), rows, columns, columns + 5, 1);
}
