namespace Nabla.Cli.Tests;

public class WarmupTests
{
    public static TheoryData<string> Names => [.. Presets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_warm_up_with_any_preset_ends_when_the_data_are_there(string preset)
    {
        var warmup = Warmup.Begin(TrainingSettings.FromPreset(preset));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        warmup.Dispose();
    }

    [Fact]
    public void A_loss_that_does_not_suit_its_images_is_left_to_the_training_run_to_report()
    {
        var poisson = TrainingSettings.FromPreset("default").With(options => options with { Loss = Loss.Poisson });
        Warmup.Begin(poisson).Dispose();
        Warmup.Begin(poisson.With(options => options with { BatchSize = int.MaxValue })).Dispose();
    }
}
