namespace Nabla.Cli.Tests;

/// <summary>The gradient check on the command line: it passes when it should, fails when it should, and shows the numbers.</summary>
public sealed class GradientCheckTests
{
    [Fact]
    public void The_gradient_of_every_preset_but_the_wrong_one_passes()
    {
        foreach (string preset in Presets.All.Keys.Except(["as-printed"]))
            Assert.Equal(ExitCode.Done, new Session().Run($"gradcheck --preset {preset}").ExitCode);
    }

    [Fact]
    public void Every_activation_with_every_loss_at_every_depth_passes()
    {
        using var session = new Session();
        session.Run("gradcheck");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains($"passed: {GradientCase.Matrix().Count()} networks", session.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0E+00", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--preset as-printed")]
    [InlineData("--activation sigmoid-as-printed")]
    [InlineData("--activation sigmoid-as-printed --loss quadratic --layers 5,4,3,2")]
    public void The_derivative_as_printed_fails(string options)
    {
        using var session = new Session();
        session.Run($"gradcheck {options}");
        Assert.Equal(ExitCode.CheckFailed, session.ExitCode);
        Assert.Contains("differs", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--preset exercise-2")]
    [InlineData("--layers 20,10,3 --activation tanh --loss quadratic --output-activation identity --batch-size 3 --seed 7")]
    [InlineData("--layers 6,4 --activation relu")]
    [InlineData("--layers 6,5,4 --label-smoothing 0.3")]
    [InlineData("--layers 6,5,4 --label-smoothing 0.3 --output-activation sigmoid")]
    [InlineData("--layers 6,5,1 --loss poisson")]
    [InlineData("--layers 6,5,1 --loss huber --output-activation tanh")]
    public void One_network_passes(string options)
    {
        using var session = new Session();
        session.Run($"gradcheck {options}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    [Fact]
    public void Zero_gradients_on_both_sides_are_a_failure()
    {
        using var session = new Session();
        session.Run("gradcheck --layers 1,1,1,1,1,1,1 --batch-size 1");
        Assert.Equal(ExitCode.CheckFailed, session.ExitCode);
        Assert.EndsWith("try another --seed, more inputs or a larger --batch-size.\n", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "",
        "2-2-1, relu, sigmoid outputs, cross-entropy, classes as targets\n"
            + "Outputs are sigmoid, because softmax of one output is always 1.\n")]
    [InlineData("--loss quadratic", "2-2-1, relu, sigmoid outputs, quadratic, values as targets\n\n")]
    [InlineData("--loss huber", "2-2-1, relu, identity outputs, huber (delta 1), values as targets\n\n")]
    public void A_network_with_one_output_is_checked_with_outputs_and_targets_that_vary(string options, string beginning)
    {
        using var session = new Session();
        session.Run($"gradcheck --layers 2,2,1 {options}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.StartsWith(beginning, session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Softmax_of_one_output_is_refused() =>
        Snapshot.Matches(new Session().Run("gradcheck --layers 2,2,1 --output-activation softmax"));

    [Fact]
    public void The_matrix_has_every_loss_with_every_output_and_both_sorts_of_targets()
    {
        var cases = GradientCase.Matrix().ToArray();
        Assert.All(Loss.All, loss => Assert.Equal(
            loss.OutputActivations.Where(output => output.HasTrueDerivative),
            cases.Where(checkedCase => checkedCase.Loss == loss).Select(checkedCase => checkedCase.Output).Distinct()));
        Assert.All(Loss.All, loss => Assert.Equal(
            (loss.TakesClasses, loss.TakesValues),
            (cases.Any(one => one.Loss == loss && one.UsesClasses), cases.Any(one => one.Loss == loss && !one.UsesClasses))));
        var full = cases.Where(one => one is { Dropout: > 0, IsWeighted: true, IsClipped: true }).ToArray();
        Assert.Equal(cases.Length, 2 * full.Length);
        Assert.All(full, one => Assert.True(one.Loss is not CrossEntropyLoss loss || loss.LabelSmoothing > 0));
    }

    [Fact]
    public void With_json_every_network_is_an_object()
    {
        using var session = new Session();
        session.Run("gradcheck --json");
        Assert.Equal(GradientCase.Matrix().Count() + 1, session.Output.TrimEnd().Split('\n').Length);
        string last = $$"""{"event":"done","checks":{{GradientCase.Matrix().Count()}},"failures":0,"passed":true}""";
        Assert.EndsWith(last, session.Output.TrimEnd(), StringComparison.Ordinal);
    }
}
