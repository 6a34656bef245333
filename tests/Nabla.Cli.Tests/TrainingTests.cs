using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary>Training runs from the command to the saved model, and the model measured afterwards.</summary>
public sealed class TrainingTests
{
    private const string Quick = "--layers 8 --epochs 3 --batch-size 16 --learning-rate 0.05";

    private static Session WithData() => new Session().With("tiny.npz", Sample.Npz());

    private static string Fingerprint(string output) =>
        output.Split('\n').Single(line => line.StartsWith("Fingerprint: ", StringComparison.Ordinal));

    [Fact]
    public void In_a_pipe_training_prints_lines_as_the_notebook_does() =>
        Snapshot.Matches(
            WithData().Run($"train tiny.npz {Quick}").Run("evaluate model.safetensors tiny.npz").Run("inspect model.safetensors"));

    [Fact]
    public void With_json_every_line_is_an_object()
    {
        using var session = WithData();
        session.Run($"train tiny.npz {Quick} --json");
        string[] lines = session.Output.TrimEnd().Split('\n');
        var events = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
        Assert.Equal(["epoch", "epoch", "epoch", "done"], events);
        Snapshot.Matches(session.Run("evaluate model.safetensors tiny.npz --json"));
    }

    [Fact]
    public void Each_seed_gives_its_own_bits_again()
    {
        using var session = WithData();
        string one = Fingerprint(session.Run($"train tiny.npz {Quick} --seed 1").Output);
        string two = Fingerprint(session.Run($"train tiny.npz {Quick} --seed 2").Output);
        string oneAgain = Fingerprint(session.Run($"train tiny.npz {Quick} --seed 1 --threads 3").Output);
        Assert.NotEqual(one, two);
        Assert.Equal(one, oneAgain);
    }

    [Fact]
    public void Options_override_a_preset() =>
        Snapshot.Matches(
            WithData().RunSilently("train tiny.npz --preset exercise-2 --epochs 2 --batch-size 20 --loss cross-entropy")
                .Run("inspect model.safetensors"));

    [Theory]
    [InlineData("tiny.npz", "selu", 0.04f)]
    [InlineData("houses.csv --target price", "mish", 0.07f)]
    public void The_preset_for_tables_depends_on_the_task(string data, string activation, float rate)
    {
        string houses = "size,price\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7 / 4.0},{i % 7}.5\n"));
        using var session = WithData().With("houses.csv", houses);
        session.RunSilently($"train {data} --preset table --layers 5 --epochs 2 --input-factor-rate 2");
        var options = Model.Load(session.PathOf("model.safetensors")).Options;
        Assert.Equal((activation, rate), (options.Activation.Name, options.Optimizer.LearningRate));
        Assert.Equal((5, 2, 2f, true), (options.Hidden[0], options.Epochs, options.InputFactorRate, options.KeepBest));
    }

    [Fact]
    public void Augmentation_is_saved_with_the_model() => Snapshot.Matches(
        new Session().With("images.npz", Sample.Npz(Sample.Images(60), Sample.Y(60)))
            .RunSilently($"train images.npz {Quick} --rotation 15 --zoom 0.1 --elastic 34,4").Run("inspect model.safetensors"));

    [Theory]
    [InlineData("exercise-1", "per-example", "vectorized")]
    [InlineData("exercise-2", "vectorized", "per-example")]
    public void Both_engines_reach_the_same_accuracy(string preset, string own, string other)
    {
        using var session = WithData();
        string[] Accuracies(string engine) =>
        [
            .. session.Run($"train tiny.npz --preset {preset} --epochs 5 --batch-size 20 {engine}").Output.Split('\n')
                .Where(line => line.StartsWith("Epoch", StringComparison.Ordinal)).Select(line => line.Split(", ")[1]),
        ];
        string natural = Fingerprint(session.Run($"train tiny.npz --preset {preset} --epochs 5 --batch-size 20").Output);
        var accuracies = Accuracies($"--engine {own}");
        Assert.Equal(natural, Fingerprint(session.Output));
        Assert.Equal(accuracies, Accuracies($"--engine {other}"));
        Assert.NotEqual(natural, Fingerprint(session.Output));
        Assert.Equal(5, accuracies.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public void Patience_ends_training_and_the_end_says_which_epoch_is_kept(string json)
    {
        using var session = WithData();
        session.Run($"train tiny.npz --layers none --epochs 40 --patience 2 --learning-rate 0.0001 {json}");
        string[] lines = session.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string mark = json == "" ? ", best so far" : "\"best\":true";
        string start = json == "" ? "Epoch: " : "{\"event\":\"epoch\"";
        string[] epochs = [.. lines.Where(line => line.StartsWith(start, StringComparison.Ordinal))];
        Assert.InRange(epochs.Length, 3, 39);
        int best = Array.FindLastIndex(epochs, line => line.Contains(mark, StringComparison.Ordinal));
        string end = json == "" ? $"Best epoch: {best}, " : $"\"best-epoch\":{best},";
        Assert.Contains(lines, line => line.Contains(end, StringComparison.Ordinal));
    }

    [Fact]
    public void An_interrupted_training_run_resumes_with_identical_results()
    {
        using var session = WithData();
        string uninterrupted = Fingerprint(session.Run($"train tiny.npz {Quick}").Output);
        using var output = new InterruptingWriter("Epoch: 1", session.Interruption);
        session.Run($"train tiny.npz {Quick} --out half.safetensors", output);
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        Assert.Contains("Interrupted. Next: nabla resume half.run", session.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch: 2", output.ToString(), StringComparison.Ordinal);

        using var later = new Session().With("tiny.npz", Sample.Npz())
            .With("half.safetensors", File.ReadAllBytes(session.PathOf("half.safetensors")));
        later.Run("train tiny.npz --resume half.safetensors");
        Assert.StartsWith("Epoch: 2", later.Output, StringComparison.Ordinal);
        Assert.Equal(uninterrupted, Fingerprint(later.Output));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--validation other.npz")]
    [InlineData("--validation 0.25")]
    public void The_proposed_command_resumes_with_identical_results(string validation)
    {
        using var session = new Session().With("tiny.npz", Sample.NpzWithoutTest()).With("other.npz", Sample.NpzWithoutTest());
        string uninterrupted = Fingerprint(session.Run($"train tiny.npz {Quick} {validation}").Output);
        using var output = new InterruptingWriter("Epoch: 1", session.Interruption);
        session.Run($"train tiny.npz {Quick} {validation}", output);
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        string proposed = session.Messages.Split("Next: nabla ")[1].Trim();

        using var later = new Session().WithFilesOf(session);
        Assert.Equal(uninterrupted, Fingerprint(later.Run(proposed).Output));
        string reported = later.Output.Split('\n').Single(line => line.StartsWith("Accuracy: ", StringComparison.Ordinal));
        Assert.StartsWith(reported, later.Run(later.Messages.Split("Next: nabla ")[1].Trim()).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--validation 0.25", "")]
    [InlineData("--validation other.npz", "--validation is missing")]
    [InlineData("--validation other.npz", "--resume and --validation 0.5 contradict each other", "--validation 0.5")]
    [InlineData("--validation 0.25", "--resume and --validation 0.5 contradict each other", "--validation 0.5")]
    [InlineData("--validation 0.25", "--resume and --validation other.npz contradict each other", "--validation other.npz")]
    public void A_resumed_training_run_keeps_its_examples(string before, string complaint, string after = "")
    {
        using var session = new Session().With("tiny.npz", Sample.NpzWithoutTest()).With("other.npz", Sample.NpzWithoutTest());
        using var output = new InterruptingWriter("Epoch: 1", session.Interruption);
        session.Run($"train tiny.npz {Quick} {before}", output);
        using var later = new Session().With("tiny.npz", Sample.NpzWithoutTest()).With("other.npz", Sample.NpzWithoutTest())
            .With("model.safetensors", File.ReadAllBytes(session.PathOf("model.safetensors")));
        later.Run($"train tiny.npz --resume model.safetensors {after}");
        Assert.Equal(complaint.Length == 0 ? ExitCode.Done : ExitCode.WrongUsage, later.ExitCode);
        Assert.Contains(complaint, later.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_run_that_diverges_names_the_epoch_and_saves_nothing()
    {
        using var session = WithData().Run(
            "train tiny.npz --layers 8 --optimizer sgd --activation identity --loss quadratic --output-activation identity "
            + "--learning-rate 1e30");
        Assert.False(File.Exists(session.PathOf("model.safetensors")));
        Snapshot.Matches(session);
    }

    [Fact]
    public void Without_test_examples_a_fifth_is_held_out_and_can_be_measured_again() =>
        Snapshot.Matches(new Session().With("iris.csv", Sample.Csv()).Run("train iris.csv --target species --layers 4 --epochs 2")
            .Run("evaluate model.safetensors iris.csv --held-out").Run("evaluate model.safetensors iris.csv").Run("inspect iris.csv")
            .Run("inspect model.safetensors"));

    [Fact]
    public void A_fraction_of_the_training_data_can_be_held_out() =>
        Snapshot.Matches(WithData().Run($"train tiny.npz {Quick} --validation 0.25").Run("evaluate model.safetensors tiny.npz"));

    [Fact]
    public void Validation_may_be_a_file() =>
        Snapshot.Matches(WithData().With("other.npz", Sample.NpzWithoutTest()).Run($"train tiny.npz {Quick} --validation other.npz"));

    [Fact]
    public void The_next_command_measures_what_was_reported() => Snapshot.Matches(new Session()
        .With("tiny.npz", Sample.NpzWithoutTest()).With("other.npz", Sample.Npz())
        .Run("train tiny.npz --layers none --epochs 1 --validation other.npz").Run("evaluate model.safetensors other.npz"));

    [Fact]
    public void A_folder_for_mnist_is_no_part_of_other_data()
    {
        using var session = WithData();
        Assert.EndsWith(
            "Next: nabla evaluate model.safetensors tiny.npz\n",
            session.Run("train tiny.npz --layers none --epochs 1 --data-dir .").Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_space_is_quoted_in_the_next_command() =>
        Snapshot.Matches(
            new Session().With("my data.npz", Sample.Npz()).Run(["train", "my data.npz", "--layers", "none", "--epochs", "1"]));

    [Fact]
    public void An_interruption_before_the_first_batch_saves_nothing()
    {
        using var session = WithData().With("model.safetensors", "something else");
        session.Interruption.Signal();
        session.Run($"train tiny.npz {Quick}").Run($"train tiny.npz {Quick} --out other.safetensors");
        Assert.Equal("something else", File.ReadAllText(session.PathOf("model.safetensors")));
        Assert.False(File.Exists(session.PathOf("other.safetensors")));
        Snapshot.Matches(session);
    }

    [Fact]
    public void An_existing_model_is_replaced()
    {
        using var session = WithData().With("model.safetensors", "something else");
        session.Run($"train tiny.npz {Quick}").Run("evaluate model.safetensors tiny.npz");
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }
}
