namespace Nabla.Tests;

/// <summary>What schedules yield. Those that PyTorch has are compared with it in tests/peers.</summary>
public class ScheduleTests
{
    private const long Steps = 100;
    private const long StepsPerEpoch = 10;

    public static TheoryData<string> Names() => [.. Schedule.All.Names];

    [Theory, MemberData(nameof(Names))]
    public void Rates_are_finite_and_between_nothing_and_the_base_rate(string name)
    {
        foreach (long steps in (long[])[1, 2, 3, 7, 100, 1_000_000_007])
        {
            foreach (long step in (long[])[0, 1, 2, steps / 3, steps / 2, steps - 1])
            {
                if (step < steps)
                    Assert.InRange(Schedule.All.Get(name).LearningRate(0.5, step, steps, Math.Max(1, steps / 4)), 0, 0.5 * (1 + 1e-15));
            }
        }
    }

    [Fact]
    public void Steps_and_exponential_go_down_by_epochs()
    {
        Assert.Equal([1, 1, 0.25, 0.25], Rates(new StepSchedule { Every = 3, Factor = 0.25f }, 0, 29, 30, 59));
        Assert.Equal([1, 1, 0.5, 0.25, 1.0 / 512], Rates(new ExponentialSchedule { Factor = 0.5f }, 0, 9, 10, 20, 99));
    }

    [Fact]
    public void Inverse_scaling_divides_by_a_power_of_the_step()
    {
        double[] rates = Rates(new InverseScalingSchedule(), 0, 1, 3, 8, 99);
        double[] expected = [1, 1 / Math.Sqrt(2), 0.5, 1.0 / 3, 0.1];
        for (int i = 0; i < rates.Length; i++)
            Assert.Equal(expected[i], rates[i], 1e-14);
        Assert.Equal([1, 1], Rates(new InverseScalingSchedule { Power = 0 }, 0, 99));
    }

    [Fact]
    public void A_cosine_starts_from_the_base_rate_after_its_warm_up()
    {
        var schedule = new CosineSchedule { Warmup = 0.2f, Final = 0.1f };
        double[] rates = Rates(schedule, 0, 9, 19, 20, 60, 99);
        double[] expected = [1.0 / 21, 10.0 / 21, 20.0 / 21, 1, 0.1 + 0.9 / 2, 0.1 + 0.9 * (1 + Math.Cos(Math.PI * 79 / 80)) / 2];
        for (int i = 0; i < rates.Length; i++)
            Assert.Equal(expected[i], rates[i], 1e-7); // 0.1 is a float
        Assert.Equal([1, 0.5], Rates(new CosineSchedule(), 0, 50));
    }

    [Fact]
    public void One_cycle_rises_to_the_base_rate_and_falls_to_almost_nothing()
    {
        // 0.25 is a float, so that the peak is at step 24.
        double[] rates = Rates(new OneCycleSchedule { Rise = 0.25f }, 0, 12, 24, 99);
        double[] expected = [0.04, 0.52, 1, 4e-6];
        for (int i = 0; i < rates.Length; i++)
            Assert.Equal(expected[i], rates[i], 1e-14);
    }

    [Fact]
    public void Four_cycles_end_at_the_powers_of_two()
    {
        // 1 + 15 t is 2, 4, 8 at t = 1/15, 3/15, 7/15: the rate is zero there, and greatest in between.
        double[] rates = [.. ((long[])[0, 100, 300, 700]).Select(step => Schedule.CosLog4.LearningRate(1, step, 1500, 100))];
        Assert.Equal([0, 0, 0, 0], rates);
        double t = (Math.Pow(2, 2.5) - 1) / 15;
        Assert.Equal(1, Schedule.CosLog4.LearningRate(1, (long)(t * 1e9), 1_000_000_000, 1), 1e-12);
    }

    [Fact]
    public void A_plateau_reduces_the_rate_when_patience_is_over()
    {
        var schedule = new ReduceOnPlateauSchedule { Factor = 0.5f, Patience = 1, Threshold = 0.25f };
        // 0.8 is not below 1 by a quarter, 0.7 is.
        double[] losses = [1, 0.8, 0.7, 0.7, 0.6, 0.6, 0.1, double.NaN, double.PositiveInfinity, 0.2];
        double[] factors = [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25];
        var state = ScheduleState.Initial;
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            state = schedule.AfterEpoch(state, losses[epoch]);
            Assert.Equal(factors[epoch], state.Factor);
        }
        Assert.Equal(new ScheduleState(0.25, 0.1, 1), state);
        Assert.Equal(ScheduleState.Initial, Schedule.Constant.AfterEpoch(ScheduleState.Initial, 3));
    }

    [Fact]
    public void A_plateau_watches_the_validation_loss_and_otherwise_that_of_training()
    {
        // With each label replaced by another, validation gets worse as training gets better.
        var train = RandomData.Blobs(100);
        int[] others = [.. train.Classes.Labels.ToArray().Select(label => (label + 1) % 3)];
        var validation = new Dataset("others", train.Inputs, new ClassTargets(others, train.Classes.Names));
        var options = new TrainingOptions
        {
            Hidden = [8], Epochs = 6, BatchSize = 25, Schedule = new ReduceOnPlateauSchedule { Patience = 0, Factor = 0.001f },
        };
        var constant = options with { Schedule = Schedule.Constant };
        Assert.Equal(Classifier.Train(train, constant).Fingerprint, Classifier.Train(train, options).Fingerprint);
        Assert.NotEqual(
            Classifier.Train(train, constant, validation).Fingerprint, Classifier.Train(train, options, validation).Fingerprint);
    }

    [Fact]
    public void A_schedule_decides_the_steps_of_a_training_run()
    {
        // A rate of almost nothing from the second epoch on.
        var data = RandomData.Blobs(60);
        var options = new TrainingOptions { Hidden = [4], BatchSize = 20, Optimizer = new SgdOptions { LearningRate = 0.5f }, Seed = 2 };
        string one = Classifier.Train(data, options with { Epochs = 1 }).Fingerprint;
        var schedule = new StepSchedule { Every = 1, Factor = 1e-30f };
        Assert.Equal(one, Classifier.Train(data, options with { Epochs = 3, Schedule = schedule }).Fingerprint);
    }

    private static double[] Rates(Schedule schedule, params long[] steps) =>
        [.. steps.Select(step => schedule.LearningRate(1, step, Steps, StepsPerEpoch))];
}
