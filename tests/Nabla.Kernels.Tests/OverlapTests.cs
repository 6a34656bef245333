namespace Nabla.Kernels.Tests;

/// <summary>A result that would be written over operands that are still to be read is refused, before anything is written.</summary>
public class OverlapTests
{
    private readonly float[] values = [.. Enumerable.Range(1, 40).Select(i => (float)i)];

    [Fact]
    public void A_product_is_apart_from_its_operands()
    {
        float[] other = new float[9];
        Refused("An operand overlaps the result.", () => Gemm.Multiply(
            ThreadTeam.Of(1), new ReadOnlyMatrix(values, 3, 3), new ReadOnlyMatrix(other, 3, 3), new Matrix(values.AsSpan(8), 3, 3)));
        Refused("An operand overlaps the result.", () => Gemm.Multiply(
            ThreadTeam.Of(1), new ReadOnlyMatrix(other, 3, 3), new ReadOnlyMatrix(values, 3, 3), new Matrix(values, 3, 3)));
        Refused("An operand overlaps the result.", () => Gemm.MultiplyAddRow(
            ThreadTeam.Of(1), new ReadOnlyMatrix(other, 3, 3), new ReadOnlyMatrix(other, 3, 3), values.AsSpan(0, 3),
            new Matrix(values, 3, 3)));
        Gemm.Multiply(
            ThreadTeam.Of(1), new ReadOnlyMatrix(values.AsSpan(0, 9), 3, 3), new ReadOnlyMatrix(values.AsSpan(0, 9), 3, 3),
            new Matrix(values.AsSpan(9), 3, 3));
        Assert.Equal([30f, 36f, 42f], values[9..12]);
    }

    [Fact]
    public void Sums_are_apart_from_their_matrix() =>
        Refused("An operand overlaps the result.", () => Rows.Sum(ThreadTeam.Of(1), values.AsSpan(0, 12), values.AsSpan(11, 3)));

    [Fact]
    public void Functions_take_the_place_of_their_operand_or_are_apart_from_it()
    {
        const string message = "A source overlaps the destination without being the same span.";
        Refused(message, () => Elementwise.Apply<Exponential>(values.AsSpan(0, 9), values.AsSpan(1, 9)));
        Refused(message, () => Softmax.Apply(values.AsSpan(0, 9), 3, [], values.AsSpan(1, 9)));
        Refused(message, () => Affine.Apply(values.AsSpan(1, 9), [1f], [2f], values.AsSpan(0, 9)));
        Affine.Apply(values.AsSpan(0, 3), [1f], [2f], values.AsSpan(0, 3));
        Softmax.Apply(values.AsSpan(4, 9), 3, [], values.AsSpan(4, 9));
        Assert.Equal([0f, 2f, 4f, 4f], values[..4]);
    }

    private void Refused(string message, Action call)
    {
        float[] before = [.. values];
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
        Assert.Equal(before, values);
    }
}
