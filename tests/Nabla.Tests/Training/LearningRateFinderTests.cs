namespace Nabla.Tests;

/// <summary>The learning-rate range test: what it trains, when it stops, and that its proposals are good.</summary>
public class LearningRateFinderTests
{
    private static readonly Dataset blobs = RandomData.Blobs(100);
    private static readonly TrainingOptions small = new() { Hidden = [8], BatchSize = 16 };

    public static TheoryData<string> Optimizers => [.. OptimizerOptions.All.Names];

    [Theory, MemberData(nameof(Optimizers))]
    public void Training_with_the_proposed_rate_does_well_on_digits(string optimizer)
    {
        Dataset train = Digits.Generate(3000, seed: 1), test = Digits.Generate(500, seed: 1, first: Digits.FirstTestExample);
        var options = new TrainingOptions
        {
            Hidden = [64], BatchSize = 64, Epochs = 6, Optimizer = OptimizerOptions.All.Get(optimizer),
        };
        float proposal = LearningRateFinder.Run(train, options).Proposal!.Value;
        double accuracy = Accuracy(proposal);
        Assert.True(accuracy > 0.75, $"{proposal} with {optimizer} gives an accuracy of {accuracy}.");
        Assert.True(accuracy > Accuracy(proposal / 100) + 0.05, $"A hundredth of {proposal} with {optimizer} does as well.");

        double Accuracy(float rate) =>
            Classifier.Train(train, options with { Optimizer = options.Optimizer with { LearningRate = rate } }).Evaluate(test).Accuracy;
    }

    [Fact]
    public void Rates_grow_geometrically_from_the_first_to_the_last()
    {
        float[] rates = new LearningRateRange { From = 1e-5f, To = 0.1f, Steps = 41 }.Rates(new AdamOptions());
        for (int step = 0; step < rates.Length; step++)
            Assert.Equal(Math.Pow(10, -5 + step / 10.0), rates[step], 1e-6 * rates[step]);
        Assert.Equal((1e-5f, 0.1f), (rates[0], rates[^1]));
        Assert.Equal(10f, new LearningRateRange().Rates(new AdamOptions())[^1]);
        Assert.Equal(100f, new LearningRateRange().Rates(new SgdOptions())[^1]);
    }

    [Fact]
    public void Batches_follow_as_in_training_and_begin_again_with_the_next_epoch()
    {
        var engine = new Scripted(_ => 1);
        LearningRateFinder.Run(blobs, small, new LearningRateRange { Steps = 20 }, (_, _) => engine);
        var order = new BatchOrder(100, 16, dropLast: false, small.Seed);
        for (int step = 0; step < 20; step++)
        {
            if (step % 7 == 0)
                order.Begin(step / 7);
            Assert.Equal(step / 7, engine.Steps[step].Epoch);
            Assert.Equal(order.Batch(step % 7), engine.Steps[step].Rows);
        }
    }

    [Fact]
    public void The_steepest_rate_and_a_tenth_of_the_lowest_are_found()
    {
        // Falls most between steps 40 and 45, and is lowest at step 60; smoothing moves both to the right, and the slope is a mean.
        var report = Run(step => step switch { < 40 => 2, < 45 => 2 - 0.3 * (step - 39), <= 60 => 0.5 - 0.01 * (step - 44), _ => 1 });
        Assert.Equal(100, report.Points.Count);
        Assert.InRange(StepOf(report.Steepest), 41, 51);
        Assert.Equal(report.Points.MinBy(point => point.SmoothedLoss).LearningRate / 10, report.TenthOfLowest);
        Assert.Equal(report.Steepest, report.Proposal);

        int StepOf(float? rate) => report.Points.Single(point => point.LearningRate == rate).Step;
    }

    [Fact]
    public void Losses_are_smoothed_without_a_bias_at_the_beginning()
    {
        var report = Run(step => step == 0 ? 3 : 1);
        Assert.Equal(3, report.Points[0].SmoothedLoss, 1e-12);
        Assert.Equal((0.9 * 3 + 1) / 1.9, report.Points[1].SmoothedLoss, 1e-12);
        Assert.Equal((3, 1), (report.Points[0].Loss, report.Points[1].Loss));
    }

    [Fact]
    public void It_stops_when_the_loss_is_four_times_its_minimum()
    {
        var report = Run(step => step < 50 ? 2 - 0.03 * step : 100);
        Assert.True(report.StoppedEarly);
        Assert.Equal(51, report.Points.Count);
        Assert.NotNull(report.Proposal);
    }

    [Fact]
    public void A_loss_may_be_negative()
    {
        var report = Run(step => step < 50 ? -2 - 0.03 * step : 100);
        Assert.Equal(51, report.Points.Count);
        Assert.NotNull(report.Proposal);
        Assert.Null(Run(_ => -2).Proposal);
    }

    [Fact]
    public void It_stops_when_the_loss_is_not_finite()
    {
        var report = Run(step => step < 50 ? 2 - 0.03 * step : double.NaN);
        Assert.True(report.StoppedEarly);
        Assert.Equal(50, report.Points.Count);
        Assert.NotNull(report.Proposal);
        Assert.Throws<TrainingDivergedException>(() => Run(_ => double.PositiveInfinity));
    }

    [Fact]
    public void A_loss_that_does_not_fall_gives_no_proposal()
    {
        Assert.Null(Run(_ => 2).Proposal);
        Assert.Null(Run(_ => 0).Proposal);
        Assert.Null(Run(step => 2 + 0.1 * step).Proposal);
        Assert.Null(Run(step => step == 0 ? 4 : 2).Proposal); // one unlucky batch at the beginning
        Assert.Null(LearningRateFinder.Run(blobs, small, new LearningRateRange { From = 1e-12f, To = 1e-10f }).Proposal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_threads_and_the_options_that_do_not_count()
    {
        var expected = LearningRateFinder.Run(blobs, small with { Dropout = 0.2f }).Points;
        foreach (int threads in (int[])[1, 2, 3])
        {
            var options = small with
            {
                Dropout = 0.2f, Threads = threads, Epochs = 77, Optimizer = new AdamOptions { LearningRate = 0.5f },
            };
            Assert.Equal(expected, LearningRateFinder.Run(blobs, options).Points);
        }
        Assert.NotEqual(expected, LearningRateFinder.Run(blobs, small with { Dropout = 0.2f, Seed = 2 }).Points);
    }

    [Theory]
    [InlineData(0f, 1f, 100)]
    [InlineData(-1f, 1f, 100)]
    [InlineData(float.NaN, 1f, 100)]
    [InlineData(1f, 1f, 100)]
    [InlineData(1f, float.PositiveInfinity, 100)]
    [InlineData(1e-6f, 1f, 19)]
    public void Ranges_that_make_no_sense_are_refused(float from, float to, int steps) => Assert.Throws<InvalidOptionException>(
        () => LearningRateFinder.Run(blobs, small, new LearningRateRange { From = from, To = to, Steps = steps }));

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<InvalidOptionException>(() => LearningRateFinder.Run(blobs, small with { Dropout = 1 }));
        Assert.Throws<InvalidOptionException>(() => LearningRateFinder.Run(blobs, small with { BatchSize = 200, DropLastBatch = true }));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new Scripted(step =>
        {
            if (step == 4)
                cancellation.Cancel();
            return 1;
        });
        Assert.Throws<OperationCanceledException>(
            () => LearningRateFinder.Run(blobs, small, createEngine: (_, _) => engine, cancellationToken: cancellation.Token));
        Assert.Equal(5, engine.Steps.Count);
    }

    private static LearningRateReport Run(Func<int, double> loss) =>
        LearningRateFinder.Run(blobs, small, createEngine: (_, _) => new Scripted(loss));

    /// <summary>An engine that learns nothing, and whose mean losses are a function of the step.</summary>
    private sealed class Scripted(Func<int, double> loss) : ITrainingEngine
    {
        public List<(int[] Rows, int Epoch)> Steps { get; } = [];

        public double Step(ReadOnlySpan<int> rows, in StepContext context)
        {
            Steps.Add((rows.ToArray(), context.Epoch));
            return loss(Steps.Count - 1) * rows.Length;
        }

        public void Publish()
        {
        }
    }
}
