using System.Globalization;

namespace Nabla.Report.Tests;

public class AxisTests
{
    public static TheoryData<double, double> Ranges => new()
    {
        { 0, 1 }, { -3, 5 }, { 0, 60_000 }, { 12_345, 12_346 }, { 1e-20, 3e-20 }, { 0.0001, 0.00012 },
        { 1e9, 1e9 + 0.1 }, { -1e9 - 0.1, -1e9 }, { 1.6e9, 1.7e9 }, { 1_700_000_000, 1_700_086_400 }, { 0, int.MaxValue },
        { 1e16, 1e16 + 2 }, { 7, 7 }, { -7, -7 }, { 0, 0 }, { -1e300, 1e300 }, { 1e-310, 2e-310 },
    };

    [Theory, MemberData(nameof(Ranges))]
    public void Labels_are_short_and_tell_the_ticks_apart(double low, double high)
    {
        var axis = Axis.Around("value", [low, high]);
        Assert.True(axis.Low <= low + 1e-300 && axis.High >= high && axis.Low < axis.High, $"{axis}");
        var ticks = axis.Ticks();
        Assert.InRange(ticks.Count, 2, 8);
        Assert.Equal(ticks.Count, ticks.DistinctBy(tick => tick.Label).Count());
        Assert.All(ticks, tick => Assert.InRange(tick.Label.Length, 1, 7));
        Assert.All(ticks, tick => Assert.InRange(axis.Place(tick.Value), -1e-6, 1 + 1e-6));
        double step = (ticks[^1].Value - ticks[0].Value) / (ticks.Count - 1);
        double left = axis.Caption == "value" ? 0 : double.Parse(axis.Caption["value, less ".Length..], CultureInfo.InvariantCulture);
        Assert.All(ticks, tick => Assert.InRange(Math.Abs(left + NumberOf(tick.Label) - tick.Value), 0, step / 100));
    }

    [Fact]
    public void Labels_that_would_be_too_long_are_differences()
    {
        var axis = Axis.Around("time", [1e9, 1e9 + 0.1]);
        Assert.Equal("time, less 1000000000", axis.Caption);
        Assert.Equal(["0", "0.02", "0.04", "0.06", "0.08", "0.10"], axis.Ticks().Select(tick => tick.Label));
        Assert.Equal(["1.60e9", "1.62e9"], Axis.Around("time", [1.6e9, 1.7e9]).Ticks().Take(2).Select(tick => tick.Label));
        Assert.Equal("time", Axis.Around("time", [1.6e9, 1.7e9]).Caption);
        Assert.Equal("loss", Axis.Logarithmic("loss", [1e-30, 1e30]).Caption);
    }

    [Fact]
    public void Epochs_may_be_as_large_as_numbers_are()
    {
        var axis = Axis.Whole("epoch", int.MaxValue, int.MaxValue);
        Assert.Equal([int.MaxValue, int.MaxValue + 1.0], axis.Ticks().Select(tick => tick.Value));
        Assert.Equal("epoch, less 2147483647", axis.Caption);
        Assert.Equal(["0", "1", "2"], Axis.Whole("epoch", 0, 2).Ticks().Select(tick => tick.Label));
        Assert.InRange(Axis.Whole("epoch", 0, int.MaxValue).Ticks().Count, 3, 7);
    }

    [Fact]
    public void What_is_no_number_is_left_out()
    {
        var axis = Axis.Around("value", [double.NaN, 1, double.PositiveInfinity, 2, double.MaxValue]);
        Assert.Equal((1, 2), (axis.Low, axis.High));
        Assert.False(axis.Holds(double.MaxValue));
        Assert.False(axis.Holds(double.NaN));
        Assert.True(axis.Holds(1));
    }

    private static double NumberOf(string label) => label.EndsWith('k')
        ? 1000 * double.Parse(label[..^1], CultureInfo.InvariantCulture)
        : double.Parse(label, CultureInfo.InvariantCulture);
}
