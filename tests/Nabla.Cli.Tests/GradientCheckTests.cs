namespace Nabla.Cli.Tests;

/// <summary>The gradient check on the command line: it passes when it should, fails when it should, and shows the numbers.</summary>
public sealed class GradientCheckTests
{
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
    public void One_network_passes(string options)
    {
        using var session = new Session();
        session.Run($"gradcheck {options}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    [Fact]
    public void Zero_gradients_on_both_sides_are_a_failure() => Snapshot.Matches(new Session().Run("gradcheck --layers 3,1"));

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
