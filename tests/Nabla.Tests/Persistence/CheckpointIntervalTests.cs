namespace Nabla.Tests;

/// <summary>How often checkpoints are saved.</summary>
public class CheckpointIntervalTests
{
    [Theory]
    [InlineData("90s", 90.0, null)]
    [InlineData("0.5s", 0.5, null)]
    [InlineData("20ms", 0.02, null)]
    [InlineData("1ms", 0.001, null)]
    [InlineData("1000000s", 1e6, null)]
    [InlineData("5m", 300.0, null)]
    [InlineData("2h", 7200.0, null)]
    [InlineData("1epoch", null, 1)]
    [InlineData("5epochs", null, 5)]
    [InlineData("none", null, null)]
    public void Intervals_are_read(string text, double? seconds, int? epochs)
    {
        Assert.True(CheckpointInterval.TryParse(text, out var interval));
        Assert.Equal(seconds, interval.Time?.TotalSeconds);
        Assert.Equal(epochs, interval.Epochs);
        Assert.True(CheckpointInterval.TryParse(interval.ToString(), out var again));
        Assert.Equal(interval, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("0epochs")]
    [InlineData("1.5epochs")]
    [InlineData("1e9s")]
    [InlineData("99999999999epochs")]
    [InlineData("5 s")]
    [InlineData("0.9ms")]
    [InlineData("NaNs")]
    [InlineData("1.5.5s")]
    public void Other_intervals_are_refused(string text) => Assert.False(CheckpointInterval.TryParse(text, out _));

    [Fact]
    public void An_interval_is_above_0()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CheckpointInterval.Every(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => CheckpointInterval.EveryEpochs(0));
        Assert.Equal(TimeSpan.FromTicks(1), CheckpointInterval.Every(TimeSpan.FromTicks(1)).Time);
    }
}
