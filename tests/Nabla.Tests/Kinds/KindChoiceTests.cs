namespace Nabla.Tests;

/// <summary>Kinds as text: <c>name:parameter=value,parameter=value</c>.</summary>
public class KindChoiceTests
{
    [Fact]
    public void A_name_alone_has_default_parameters()
    {
        Assert.Equal(new AdamOptions(), OptimizerOptions.All.Parse("Adam").Kind);
        Assert.Same(Activation.Relu, Activation.All.Parse("relu").Kind);
    }

    [Fact]
    public void Parameters_follow_a_colon()
    {
        Assert.Equal(
            new MomentumOptions { Momentum = 0.95f, Nesterov = true, WeightDecay = 1e-4f },
            OptimizerOptions.All.Parse("momentum:momentum=0.95,NESTEROV=1,l2=1e-4").Kind);
        Assert.Equal(new ReduceOnPlateauSchedule { Patience = 7 }, Schedule.All.Parse("reduce-on-plateau:patience=7").Kind);
    }

    [Fact]
    public void Parameters_that_the_text_does_not_give_stay()
    {
        var choice = OptimizerOptions.All.Parse("sgd:l2=0.5");
        Assert.Equal(new SgdOptions(), choice.Plain);
        Assert.Equal(
            new SgdOptions { LearningRate = 3, WeightDecay = 0.5f },
            choice.ApplyTo(new SgdOptions { LearningRate = 3, WeightDecay = 2 }));
    }

    [Theory]
    [InlineData("lbfgs", "\"lbfgs\" is not a known optimizer. Use one of sgd, ")]
    [InlineData("lbfgs:l2=1", "\"lbfgs\" is not a known optimizer. Use one of sgd, ")]
    [InlineData("sgd:", "sgd has no parameter \"\". Known parameters: learning-rate, l2.")]
    [InlineData("sgd:momentum=1", "sgd has no parameter \"momentum\". Known parameters: learning-rate, l2.")]
    [InlineData("sgd:l2", "sgd: l2 has no value. Write sgd:l2=NUMBER, with a decimal point.")]
    [InlineData("sgd:l2=", "sgd: l2 is \"\", which is not a number. Write sgd:l2=NUMBER, with a decimal point.")]
    [InlineData("sgd:l2=0,5", "sgd has no parameter \"5\". Known parameters: learning-rate, l2.")]
    [InlineData("sgd:l2=1,L2=2", "sgd is given l2 more than once. Give it one value.")]
    [InlineData("adam:amsgrad=0.5", "adam: amsgrad is 0.5. Use 0 or 1.")]
    [InlineData("adam:amsgrad=yes", "adam: amsgrad is \"yes\", which is not a number. Write adam:amsgrad=NUMBER, with a decimal point.")]
    public void What_is_wrong_is_named(string text, string message)
    {
        var error = Assert.Throws<InvalidOptionException>(() => OptimizerOptions.All.Parse(text));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_without_parameters_has_none_to_give()
    {
        var error = Assert.Throws<InvalidOptionException>(() => Activation.All.Parse("relu:slope=0.1"));
        Assert.Equal("relu has no parameter \"slope\". Write relu alone.", error.Message);
        Assert.Equal(
            "step: every is 1.5. Use a whole number.",
            Assert.Throws<InvalidOptionException>(() => Schedule.All.Parse("step:every=1.5")).Message);
    }

    /// <summary>The ranges are those of the kind itself, checked with all other options.</summary>
    [Fact]
    public void Every_range_is_checked_with_the_options()
    {
        foreach (string text in (string[])["sgd:learning-rate=0", "momentum:momentum=1", "rmsprop:alpha=1", "rmsprop:epsilon=0",
            "adam:beta1=1", "adam:beta2=-0.1", "adamw:epsilon=-1", "adamw:l2=-1"])
        {
            Assert.Throws<InvalidOptionException>(new TrainingOptions { Optimizer = OptimizerOptions.All.Parse(text).Kind }.Validate);
        }
        foreach (string text in (string[])["step:every=0", "step:factor=0", "exponential:factor=1.5", "inverse-scaling:power=-1",
            "cosine:warmup=1", "cosine:final=2", "one-cycle:rise=1", "one-cycle:div=0.5", "reduce-on-plateau:patience=-1",
            "reduce-on-plateau:threshold=1", "reduce-on-plateau:factor=0"])
        {
            var options = new TrainingOptions { Schedule = Schedule.All.Parse(text).Kind };
            Assert.Contains(
                text.Split(':')[0], Assert.Throws<InvalidOptionException>(options.Validate).Problem, StringComparison.Ordinal);
        }
    }
}
