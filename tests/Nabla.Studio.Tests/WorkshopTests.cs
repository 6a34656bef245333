namespace Nabla.Studio.Tests;

/// <summary>One run at a time, from its start to its end.</summary>
public sealed class WorkshopTests
{
    private static readonly TrainingOptions Short = new() { Hidden = [4], Epochs = 1 };

    private static readonly DataShelf Shelf = new(
        new MnistOptions { CurrentDirectory = "/nowhere", CacheDirectory = "/nowhere", EnvironmentDirectory = "/nowhere" }, given: null);

    private readonly Hub hub = new();

    [Fact]
    public void Whoever_sees_the_end_of_a_run_may_start_the_next_one()
    {
        using var workshop = new Workshop(hub, run => run.TryDraw());
        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull(workshop.TryStart(Plan(Short) with { Finished = (_, _) => Thread.Sleep(50) }));
            WaitFor(workshop, "finished");
        }
        Assert.True(workshop.Reset());
    }

    [Fact]
    public void Whoever_sees_a_run_stopped_may_reset_it()
    {
        using var workshop = new Workshop(hub, run => run.TryDraw());
        workshop.TryStart(Plan(Short with { Epochs = 100_000_000 }) with { BrokenOff = _ => Thread.Sleep(50) });
        WaitFor(workshop, "running");
        Assert.False(workshop.Reset());
        Assert.True(workshop.Steer(control => control.Command("stop")));
        WaitFor(workshop, "stopped");
        Assert.True(workshop.Reset());
        Assert.Null(workshop.Current);
    }

    [Fact]
    public void The_studio_decides_how_many_threads_train()
    {
        using var workshop = new Workshop(hub, run => run.TryDraw(), threads: 3);
        workshop.TryStart(Plan(Short with { Threads = 7 }));
        WaitFor(workshop, "finished");
        Assert.Equal(3, workshop.Current!.Result!.Options.Threads);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(16, 15)]
    public void One_processor_of_many_is_left_to_the_pages(int processors, int threads) =>
        Assert.Equal(threads, StudioOptions.ThreadsBesidePages(processors));

    [Fact]
    public void Nothing_follows_a_stop()
    {
        using var control = new RunControl("run", 0);
        control.Command("stop");
        control.Command("pause");
        Assert.False(control.IsPaused);
        Assert.Throws<InvalidInputException>(() => control.Command("dance"));
    }

    [Fact]
    public void A_plan_that_cannot_be_carried_out_leaves_the_last_run()
    {
        using var workshop = new Workshop(hub, run => run.TryDraw());
        int? first = workshop.TryStart(Plan(Short));
        WaitFor(workshop, "finished");
        Assert.Throws<InvalidInputException>(() => workshop.TryStart(Plan(Short) with { Start = "dance" }));
        Assert.Equal(first, workshop.Current!.View.Run);
        Assert.Empty(workshop.Past());
        Assert.Equal(first + 1, workshop.TryStart(Plan(Short)));
    }

    [Fact]
    public async Task Pictures_that_fail_end_neither_the_run_nor_the_studio()
    {
        int pictures = 0;
        var workshop = new Workshop(hub, _ => ++pictures == 1 ? throw new InvalidOperationException("no paper") : null);
        Assert.NotNull(hub.TryAdd(1));
        var drawing = workshop.DrawAsync();
        workshop.TryStart(Plan(Short with { Epochs = 100_000_000 }));
        await StudioFixture.Until(() => Volatile.Read(ref pictures) > 1);
        Assert.Contains("no paper", State(workshop).PictureProblem, StringComparison.Ordinal);
        long step = State(workshop).Step;
        await StudioFixture.Until(() => State(workshop).Step > step);
        workshop.Dispose();
        await drawing;
    }

    [Fact]
    public async Task Nothing_is_drawn_for_pages_that_show_no_picture()
    {
        int pictures = 0;
        using var workshop = new Workshop(hub, _ => { Interlocked.Increment(ref pictures); return null; });
        var brief = hub.TryAdd(2, wantsPictures: false);
        Assert.NotNull(brief);
        workshop.TryStart(Plan(Short with { Epochs = 100_000_000 }));
        _ = workshop.DrawAsync();
        WaitFor(workshop, "running");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(0, Volatile.Read(ref pictures));
        var full = hub.TryAdd(2);
        Assert.NotNull(full);
        await StudioFixture.Until(() => Volatile.Read(ref pictures) > 0);
        hub.Remove(full);
        Assert.False(hub.WantsPictures);
    }

    [Theory]
    [InlineData(new[] { 20_000, 20_000 }, 32, "the layers", "400,120,002 parameters")]
    [InlineData(new[] { 3_000, 3_000, 3_000 }, 1_000_000, "the layers", "parameters")]
    [InlineData(new[] { 1_000, 1_000 }, 1_000_000_000, null, null)]
    [InlineData(new[] { 100_000 }, 600, "the batches", "60,002,400 values")]
    public void Networks_that_would_fill_the_memory_are_refused(int[] hidden, int batchSize, string? where, string? why)
    {
        var train = Shelf.Load("circles", null, Short).Train;
        var options = Short with { Hidden = hidden, BatchSize = batchSize };
        if (where is null)
        {
            RunLimits.Require(train, options);
            return;
        }
        var error = Assert.Throws<InvalidInputException>(() => RunLimits.Require(train, options));
        Assert.Equal(where, error.Where);
        Assert.Contains(why!, error.Why, StringComparison.Ordinal);
    }

    private static RunPlan Plan(TrainingOptions options) =>
        new("test", () => Shelf.Load("circles", null, options), options);

    private static StateMessage State(Workshop workshop) => workshop.Current!.View.Read(new RunCursor());

    // Without a pause: the state is acted on as soon as it can be seen.
    private static void WaitFor(Workshop workshop, string state) =>
        Assert.True(SpinWait.SpinUntil(() => State(workshop).State == state, TimeSpan.FromMinutes(2)), State(workshop).State);
}
