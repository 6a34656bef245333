using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>With a clock that the test turns, in microseconds.</summary>
public class ThreadChoiceTests
{
    [Theory]
    [InlineData(26, 42, 2)]
    [InlineData(70, 42, 1)]
    [InlineData(600, 500, 2)] // too long to be worth a trial
    public void The_faster_way_is_taken_except_in_trials(int microsecondsOfAll, int microsecondsOfOne, int expected)
    {
        var clock = new Clock();
        var choice = new ThreadChoice(ThreadTeam.Of(2), clock);
        Assert.Equal(2, Step(choice, clock, microsecondsOfAll, microsecondsOfOne));
        int others = 0;
        for (int step = 0; step < 20_000; step++)
            others += Step(choice, clock, microsecondsOfAll, microsecondsOfOne) == expected ? 0 : 1;
        Assert.InRange(others, microsecondsOfAll < 500 ? 1 : 0, 400);
    }

    [Fact]
    public void A_machine_that_changes_is_followed()
    {
        var clock = new Clock();
        var choice = new ThreadChoice(ThreadTeam.Of(2), clock);
        foreach (var (all, expected) in ((int, int)[])[(26, 2), (70, 1), (26, 2)])
        {
            for (int step = 0; step < 5000; step++)
                Step(choice, clock, all, 42);
            int taken = 0;
            for (int step = 0; step < 1000; step++)
                taken += Step(choice, clock, all, 42) == expected ? 1 : 0;
            Assert.InRange(taken, 900, 1000);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public void A_wrong_trial_is_repeated_soon(int stepsBefore)
    {
        var clock = new Clock();
        var choice = new ThreadChoice(ThreadTeam.Of(2), clock);
        for (int step = 0; step < stepsBefore; step++)
            Step(choice, clock, 26, 42);
        // Something disturbs all threads until one is chosen.
        long disturbed = clock.Microseconds;
        int alone = 0;
        while (alone < 10)
        {
            Assert.True(clock.Microseconds - disturbed < 100_000);
            alone = Step(choice, clock, 70, 42) == 1 ? alone + 1 : 0;
        }
        long chosen = clock.Microseconds;
        int together = 0;
        while (together < 100)
            together = Step(choice, clock, 26, 42) == 2 ? together + 1 : 0;
        Assert.InRange(clock.Microseconds - chosen, 0, 10_000);
    }

    [Fact]
    public void Where_there_is_one_thread_nothing_is_tried()
    {
        var clock = new Clock();
        var choice = new ThreadChoice(ThreadTeam.Of(1), clock);
        for (int step = 0; step < 10_000; step++)
            Assert.Equal(1, Step(choice, clock, 1, 1));
    }

    private static int Step(ThreadChoice choice, Clock clock, int microsecondsOfAll, int microsecondsOfOne)
    {
        int threads = choice.Begin().Threads;
        clock.Microseconds += threads == 1 ? microsecondsOfOne : microsecondsOfAll;
        choice.End();
        return threads;
    }

    private sealed class Clock : TimeProvider
    {
        public long Microseconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => Microseconds;
    }
}
