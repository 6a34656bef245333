namespace Nabla.Tests;

/// <summary>The ranges of the parameters of optimizers and schedules, at both ends.</summary>
public class OptionRangeTests
{
    [Theory]
    [InlineData("sgd", "learning-rate", "0 -1 NaN Infinity", "1e-30 3e38")]
    [InlineData("sgd", "l2", "-1e-30 NaN Infinity", "0 3e38")]
    [InlineData("momentum", "momentum", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("rmsprop", "alpha", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("rmsprop", "epsilon", "0 -1 NaN Infinity", "1e-30 3e38")]
    [InlineData("adam", "beta1", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("adam", "beta2", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("adamw", "epsilon", "0 -1 NaN Infinity", "1e-30 3e38")]
    public void Of_optimizers(string kind, string parameter, string refused, string taken) => Check(
        kind, parameter, refused, taken, text => new TrainingOptions { Optimizer = OptimizerOptions.All.Parse(text).Kind });

    [Theory]
    [InlineData("exponential", "factor", "0 -1 1.1 NaN", "1e-30 1")]
    [InlineData("step", "factor", "0 -1 1.1 NaN", "1e-30 1")]
    [InlineData("step", "every", "0 -1", "1 1000000")]
    [InlineData("inverse-scaling", "power", "-0.1 NaN Infinity", "0 100")]
    [InlineData("cosine", "warmup", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("cosine", "final", "-0.1 1.1 NaN", "0 1")]
    [InlineData("one-cycle", "rise", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("one-cycle", "div", "0.9 NaN Infinity", "1 3e38")]
    [InlineData("one-cycle", "final-div", "0.9 NaN Infinity", "1 3e38")]
    [InlineData("reduce-on-plateau", "threshold", "-0.1 1 NaN", "0 0.999999")]
    [InlineData("reduce-on-plateau", "factor", "0 1.1 NaN", "1e-30 1")]
    [InlineData("reduce-on-plateau", "patience", "-1", "0 1000000")]
    public void Of_schedules(string kind, string parameter, string refused, string taken) => Check(
        kind, parameter, refused, taken, text => new TrainingOptions { Schedule = Schedule.All.Parse(text).Kind });

    private static void Check(string kind, string parameter, string refused, string taken, Func<string, TrainingOptions> create)
    {
        Assert.All(taken.Split(' '), value => create($"{kind}:{parameter}={value}").Validate());
        Assert.All(
            refused.Split(' '), value => Assert.Throws<InvalidOptionException>(() => create($"{kind}:{parameter}={value}").Validate()));
    }
}
