namespace Nabla.Kernels.Tests;

/// <summary>Functions of spans and sums of columns, with guarded operands of each length around the vectors'.</summary>
public sealed unsafe class ElementwiseGuardCases
{
    private const int Longest = 70;

    private readonly GuardedOperands operands = new();

    [Fact(Explicit = true)]
    public void Functions_of_one_to_three_operands()
    {
        ForEach((width, n) =>
        {
            string sizes = $"{n} at {width}";
            operands.AtBothEdges($"exponential {sizes}", () =>
                Elementwise.Apply<Exponential>(width, operands.Floats(n), operands.Room<float>(n)));
            operands.AtBothEdges($"scale {sizes}", () => Elementwise.Scale(width, 3f, operands.Floats(n)));
            operands.AtBothEdges($"limit {sizes}", () => Elementwise.Limit(width, 0.1f, operands.Floats(n)));
            operands.AtBothEdges($"multiply {sizes}", () =>
                Elementwise.Multiply(width, operands.Floats(n), operands.Floats(n), operands.Room<float>(n)));
            operands.AtBothEdges($"add {sizes}", () =>
                Elementwise.Add(width, operands.Floats(n), operands.Floats(n), operands.Room<float>(n)));
            operands.AtBothEdges($"activate {sizes}", () =>
                Elementwise.Activate(width, default(SlopedSquare), operands.Floats(n), operands.Room<float>(n)));
            operands.AtBothEdges($"derivative of output {sizes}", () => Elementwise.Backward(
                width, default(TanhOfOutput), operands.Floats(n), [], operands.Floats(n), operands.Room<float>(n)));
            operands.AtBothEdges($"derivative of input {sizes}", () => Elementwise.Backward(
                width, default(SlopedSquare), operands.Floats(n), operands.Floats(n), operands.Floats(n), operands.Room<float>(n)));
        });
    }

    [Fact(Explicit = true)]
    public void Scaling_of_inputs() => ForEach((width, n) =>
    {
        foreach (int scales in (int[])[1, n])
        {
            operands.AtBothEdges($"scaling {n} bytes by {scales} at {width}", () => Affine.Apply<Affine.Bytes, byte>(
                width, operands.Bytes(n), operands.Floats(scales), operands.Floats(scales), operands.Room<float>(n)));
            operands.AtBothEdges($"scaling {n} floats by {scales} at {width}", () => Affine.Apply<Affine.Floats, float>(
                width, operands.Floats(n), operands.Floats(scales), operands.Floats(scales), operands.Room<float>(n)));
        }
    });

    [Fact(Explicit = true)]
    public void Softmax_of_rows() => ForEach((width, columns) =>
    {
        if (columns == 0)
            return;
        operands.AtBothEdges($"softmax 3 x {columns} at {width}", () => Softmax.Apply(
            width, operands.Floats(3 * columns), columns, operands.Room<double>(3), operands.Room<float>(3 * columns)));
    });

    [Fact(Explicit = true)]
    public void Sums_of_columns() => ForEach((width, columns) =>
    {
        foreach (int threads in (int[])[1, 3])
        {
            operands.AtBothEdges($"sums of 3 x {columns} at {width}, {threads} threads", () => Rows.Sum(
                ThreadTeam.Of(threads), operands.Floats(columns == 0 ? 0 : 3 * columns), width, operands.Room<float>(columns)));
        }
    });

    [Fact(Explicit = true)]
    public void Tests_of_values()
    {
        for (int n = 0; n <= 2 * Longest; n++)
        {
            operands.AtBothEdges($"finite {n}", () => Assert.True(Finite.All(operands.Floats(n))));
            operands.AtBothEdges($"not finite {n}", () => Assert.Equal(-1, Finite.IndexOfOther(operands.Floats(n))));
            operands.AtBothEdges($"nonzero {n}", () => Assert.InRange(NonZeros.Count(operands.Floats(n, zeros: 0.5)), 0, n));
        }
    }

    private static void ForEach(Action<KernelWidth, int> check)
    {
        foreach (var width in Widths.Supported)
        {
            for (int n = 0; n <= Longest; n++)
                check(width, n);
        }
    }
}
