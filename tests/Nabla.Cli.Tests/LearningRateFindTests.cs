using System.Globalization;
using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary><c>nabla lr-find</c>: the plot, the proposal and the command to try.</summary>
public sealed class LearningRateFindTests
{
    private const string Options = "--layers 8 --batch-size 16 --seed 3";

    [Fact]
    public void A_range_test_shows_a_plot_and_proposes_a_rate() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run($"lr-find tiny.npz {Options}"));

    [Fact]
    public void Without_a_fall_of_the_loss_no_rate_is_proposed() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run($"lr-find tiny.npz {Options} --from 1e-9 --to 1e-7 --steps 20"));

    [Fact]
    public void Rates_in_the_wrong_order() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("lr-find tiny.npz --from 1.0 --to 0.1"));

    [Theory]
    [InlineData("--steps 19")]
    [InlineData("--learning-rate 0.1")]
    [InlineData("--epochs 3")]
    [InlineData("--from 0")]
    public void Options_that_cannot_be_used_are_wrong_usage(string option)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        session.Run($"lr-find tiny.npz {option}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
    }

    [Theory]
    [InlineData("--optimizer sgd --dropout 0.2")]
    [InlineData("--preset exercise-2 --layers 5 --batch-size 20")]
    public void The_command_to_try_trains_with_the_same_options(string options)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        session.Run($"lr-find tiny.npz {options}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.All(session.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        string next = session.Messages.Split("Next: nabla ")[1].TrimEnd();
        Assert.All(options.Split(' '), word => Assert.Contains(word, next.Split(' ')));
        session.RunSilently(next);
        Assert.Equal(
            float.Parse(next.Split(' ')[^1], CultureInfo.InvariantCulture),
            Classifier.Load(session.PathOf("model.safetensors")).Options.Optimizer.LearningRate);
    }

    [Fact]
    public void With_json_every_point_is_an_object_and_the_last_one_has_the_proposal()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        session.Run($"lr-find tiny.npz {Options} --steps 50 --to 0.1 --json");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        var lines = session.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(51, lines.Length);
        Assert.All(lines[..^1], line => Assert.Equal("point", line.GetProperty("event").GetString()));
        Assert.Equal(0.1f, lines[^2].GetProperty("learning-rate").GetSingle());
        var done = lines[^1];
        Assert.Equal(done.GetProperty("steepest").GetSingle(), done.GetProperty("learning-rate").GetSingle());
        Assert.Equal(
            lines[..^1].MinBy(line => line.GetProperty("smoothed-loss").GetDouble()).GetProperty("learning-rate").GetSingle() / 10,
            done.GetProperty("tenth-of-lowest").GetSingle());
        Assert.StartsWith($"nabla train tiny.npz {Options} --learning-rate ",
            done.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_engines_propose_the_same_rate()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        string Proposal(string engine) => session.Run($"lr-find tiny.npz {Options} --engine {engine}").Output.Split("Learning rate: ")[1];
        Assert.Equal(Proposal("vectorized"), Proposal("per-example"));
    }
}
