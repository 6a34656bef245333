namespace Nabla.Tests;

public sealed class NumericArrayTests
{
    [Fact]
    public void Parts_of_an_array_are_those_of_the_whole()
    {
        var array = NumericArray.Create<short>([.. Enumerable.Range(-5, 10).Select(i => (short)i)], 2, 5);
        var part = new double[3];
        array.CopyTo(7, part);
        Assert.Equal(array.ToDoubles()[7..], part);
        array.CopyTo(10, []);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.CopyTo(8, part));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.CopyTo(-1, part));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(9999)]
    public void The_first_number_that_is_not_whole_is_named_wherever_it_is(int wrong)
    {
        var values = new float[10_000];
        values[wrong] = 0.5f;
        values[9_999] = wrong == 9_999 ? 0.5f : 1.5f;
        var error = Assert.Throws<InvalidInputException>(() => NumericArray.Create<float>(values, 10_000).ToInt64s());
        Assert.Equal(($"element {wrong}", "0.5 is not a 64-bit integer"), (error.Where, error.Why));
    }

    [Fact]
    public void The_ends_of_the_integers_are_integers() =>
        Assert.Equal([long.MinValue, long.MaxValue], NumericArray.Create<long>([long.MinValue, long.MaxValue], 2).ToInt64s());

    [Fact]
    public void An_error_about_one_element_does_not_convert_all()
    {
        var values = new Half[1 << 20];
        values[^1] = Half.NaN;
        var array = NumericArray.Create<Half>(values, values.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidInputException>(array.ToInt64s);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 17);
    }
}
