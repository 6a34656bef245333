namespace Nabla.Tests;

public class TargetScalingTests
{
    [Fact]
    public void A_worked_example()
    {
        // The first target has mean 4 and standard deviation 2; the second is constant.
        var targets = new ValueTargets([2, 7, 4, 7, 4, 7, 4, 7, 5, 7, 5, 7, 7, 7, 1, 7], ["a", "b"]);
        var scaling = TargetScaling.Fit(targets);
        Assert.Equal([4.0, 7], scaling.Offsets.ToArray());
        Assert.Equal([Math.Sqrt(3), 1], scaling.Scales.ToArray());
        var standardized = new float[2];
        scaling.Apply([7, 7], standardized);
        Assert.Equal([(float)Math.Sqrt(3), 0], standardized);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e-320)]
    public void Values_whose_squares_are_no_doubles_are_standardized(double unit)
    {
        var scaling = TargetScaling.Fit(new ValueTargets([-3 * unit, -unit, unit, 3 * unit], ["y"]));
        var standardized = new float[4];
        scaling.Apply([-3 * unit, -unit, unit, 3 * unit], standardized);
        Assert.Equal(3 / Math.Sqrt(5), standardized[3], 1e-3);
        Assert.Equal(-standardized[3], standardized[0]);
    }

    [Fact]
    public void Values_far_from_zero_keep_their_differences()
    {
        // As floats, these would be the same number.
        var scaling = TargetScaling.Fit(new ValueTargets([1700000000, 1700000001, 1700000002], ["time"]));
        var standardized = new float[3];
        scaling.Apply([1700000000, 1700000001, 1700000002], standardized);
        Assert.Equal([-1.2247449f, 0, 1.2247449f], standardized);
        var values = new double[3];
        scaling.Undo(standardized, values);
        Assert.All(values.Zip([1700000000.0, 1700000001, 1700000002]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TargetScaling([0.0], [0.0]));
        Assert.Throws<ArgumentException>(() => new TargetScaling([0.0], [-1.0]));
        Assert.Throws<ArgumentException>(() => new TargetScaling([0.0], [double.NaN]));
        Assert.Throws<ArgumentException>(() => new TargetScaling([double.PositiveInfinity], [1.0]));
        Assert.Throws<ArgumentException>(() => new TargetScaling([0.0, 1], [1.0]));
        Assert.Throws<ArgumentException>(() => new TargetScaling([], []));
        Assert.Throws<ArgumentException>(() => TargetScaling.None(2).Apply([1.0], new float[1]));
        Assert.Throws<ArgumentException>(() => TargetScaling.None(2).Undo([1f, 2f], new double[4]));
    }
}
