namespace Nabla.Cli.Tests;

public class WarmupTests
{
    private static readonly DataRequest Images = new("mnist", null, []);

    public static TheoryData<string> Names => [.. Presets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_warm_up_with_any_preset_ends_when_the_data_are_there(string preset)
    {
        var warmup = Warmup.Begin(TrainingSettings.FromPreset(preset), Images);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.NotNull(warmup);
        warmup.Dispose();
    }

    [Fact]
    public void A_loss_that_does_not_suit_its_images_is_left_to_the_training_run_to_report()
    {
        var poisson = TrainingSettings.FromPreset("default").With(options => options with { Loss = Loss.Poisson });
        Warmup.Begin(poisson, Images)?.Dispose();
        Warmup.Begin(poisson.With(options => options with { BatchSize = int.MaxValue }), Images)?.Dispose();
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("table.csv", "species")]
    public void Data_that_all_processors_read_are_not_delayed(string name, params string[] targets) =>
        Assert.Null(Warmup.Begin(TrainingSettings.FromPreset("default"), new DataRequest(name, null, targets)));
}
