using System.Globalization;
using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary><c>nabla search</c>: its table, its best command, and what becomes of trials that fail.</summary>
public sealed class SearchTests
{
    private static readonly string[] Three =
        ["search", "flowers.csv", "--target", "species", "--preset", "default", "--epochs", "4", "--folds", "3"];

    /// <summary>A table to search with.</summary>
    internal static Session WithFlowers() => new Session().With("flowers.csv", Sample.Csv());

    [Fact]
    public void The_best_trial_comes_first_and_its_command_trains_it()
    {
        using var session = Search("--try", "learning-rate=0.00001 0.05", "--try", "layers=8 none");
        string[] lines = session.Output.TrimEnd().Split('\n');
        Assert.Equal("trial  learning-rate  layers  accuracy  spread", lines[0]);
        Assert.Equal(4, lines[1..5].Select(line => line.Split(' ')[0]).Distinct().Count());
        Assert.Contains("  0.05  ", lines[1], StringComparison.Ordinal);
        double[] accuracies = [.. lines[1..5].Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]))];
        Assert.Equal(accuracies.OrderDescending(), accuracies);
        Assert.StartsWith(
            "Best: nabla train flowers.csv --target species --preset default --epochs 4 --learning-rate 0.05 --layers ", lines[6],
            StringComparison.Ordinal);
        session.Run(lines[6].Split("nabla ")[1]);
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    [Fact]
    public void Each_fold_is_measured_by_a_network_that_did_not_learn_from_it()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).Run(
            "search tiny.npz --preset default --epochs 4 --folds 3 --try layers=8 --seed 5 --json --measure log-loss");
        var trial = Lines(session)[0];
        var data = Datasets.FromNpz(session.PathOf("tiny.npz")).Train;
        var folds = DatasetSplit.Folds(data, 3, 5);
        double[] expected = [.. Enumerable.Range(0, 3).Select(fold => Classifier.Train(
            data.Select([.. Enumerable.Range(0, data.Count).Except(folds[fold])]),
            Presets.Default with { Hidden = [8], Epochs = 4, Seed = 5 }).Evaluate(data.Select(folds[fold])).LogLoss)];
        Assert.Equal(expected, trial.GetProperty("folds").EnumerateArray().Select(score => score.GetDouble()));
        Assert.Equal(expected.Average(), trial.GetProperty("log-loss").GetDouble(), 1e-12);
        double variance = expected.Average(score => Math.Pow(score - expected.Average(), 2));
        Assert.Equal(Math.Sqrt(variance), trial.GetProperty("spread").GetDouble(), 1e-12);
    }

    [Fact]
    public void With_json_every_trial_is_an_object_and_the_last_one_is_the_best()
    {
        using var session = Search("--try", "learning-rate=0.00001 0.05", "--layers", "8", "--json");
        var lines = Lines(session);
        Assert.Equal(["trial", "trial", "done"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal("0.05", lines[0].GetProperty("options").GetProperty("learning-rate").GetString());
        Assert.Equal(lines[0].GetProperty("accuracy").GetDouble(), lines[2].GetProperty("accuracy").GetDouble());
        Assert.EndsWith(" --learning-rate 0.05", lines[2].GetProperty("command").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_combinations_than_asked_for_are_announced()
    {
        using var session = Search("--try", "layers=8 none", "--trials", "5");
        Assert.Contains("Only 2 different combinations were found, and not 5.", session.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "different combinations", Search("--try", "layers=8 none", "--trials", "2").Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_command_names_the_task_that_a_tried_loss_has_decided()
    {
        using var session = new Session().With("counts.csv", "a,y\n" + string.Concat(
            Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 4}\n"))));
        session.Run([.. Words("search counts.csv --target y --epochs 1 --folds 2 --try"), "loss=absolute quadratic"]);
        string best = session.Output.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("Best: nabla train counts.csv --target y --task regression --epochs 1 --loss ", best, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_trial_that_cannot_be_used_does_not_decide_the_task()
    {
        using var session = new Session().With("counts.csv", "a,y\n" + string.Concat(
            Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 4}\n"))));
        session.Run(
        [
            .. Words("search counts.csv --target y --epochs 1 --folds 2 --dropout 0.1 --loss absolute --measure mae --try"),
            "layers=none 8",
        ]);
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("Best: nabla train counts.csv --target y", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_too_large_is_a_row_with_the_reason()
    {
        string rows = string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i},{i % 2}\n"));
        using var session = new Session().With("line.csv", "x,y\n" + rows);
        session.Run([.. Words("search line.csv --target y --epochs 1 --folds 3 --batch-size 2000 --try"), "layers=8 300000"]);
        Assert.Matches("^2 +300000 .*2000 examples in a layer of 300000 neurons need more than 2 GB", session.Output.Split('\n')[2]);
    }

    [Fact]
    public void A_reason_names_its_option()
    {
        using var session = Search("--label-smoothing", "0.1", "--try", "loss=cross-entropy quadratic");
        Assert.Contains(
            "cannot use --label-smoothing with the loss quadratic: it belongs to cross-entropy", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--halving --factor 2")]
    public void The_table_does_not_depend_on_jobs_and_threads(string options)
    {
        string[] search = ["--try", "learning-rate=0.001..1", "--try", "layers=8 none", "--trials", "9", .. Words(options)];
        string expected = Search([.. search, "--jobs", "1"]).Output;
        Assert.Equal(expected, Search([.. search, "--jobs", "5"]).Output);
        Assert.Equal(expected, Search([.. search, "--jobs", "2", "--threads", "2"]).Output);
    }

    [Fact]
    public void Halving_trains_the_best_for_more_epochs()
    {
        using var session = Search("--try", "learning-rate=0.00001..0.1", "--trials", "9", "--halving", "--factor", "2", "--json");
        var trials = Lines(session)[..^1];
        Assert.Equal(
            [4, 4, 4, 2, 2, 1, 1, 1, 1], trials.Select(trial => trial.GetProperty("epochs").GetInt32())); // 9, then 5, then 3
        Assert.Contains(
            "Rung 1 of 3, 1/4 of the epochs: 9 trials on 3 folds: 27 training runs.\n", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_cannot_be_trained_is_a_row_with_its_reason()
    {
        using var session = Search("--try", "loss=quadratic cross-entropy", "--try", "output-activation=sigmoid tanh");
        string[] lines = session.Output.TrimEnd().Split('\n');
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.EndsWith("failure", lines[0], StringComparison.Ordinal);
        Assert.Matches("^4 +cross-entropy +tanh +\\S.*cross-entropy", lines[4]);
    }

    [Fact]
    public void A_trial_that_diverges_is_a_row_with_its_reason()
    {
        using var session = new Session().With("line.csv", Line()).Run(
            [.. Words("search line.csv --target y --task regression --preset default --optimizer sgd --epochs 5 --folds 2 --try"),
                "learning-rate=0.01 1e30"]);
        string[] lines = session.Output.TrimEnd().Split('\n');
        Assert.Matches("^trial +learning-rate +r2 +spread +failure$", lines[0]);
        Assert.Matches(@"^2 +1e30 +epoch \d+, batch \d+: ", lines[2]);
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    [Fact]
    public void If_no_trial_can_be_trained_the_exit_code_says_why()
    {
        using var session = new Session().With("line.csv", Line()).Run(
            [.. Words("search line.csv --target y --task regression --preset default --optimizer sgd --epochs 5 --folds 2 --try"),
                "learning-rate=1e29 1e30"]);
        Assert.Equal(ExitCode.Diverged, session.ExitCode);
        Assert.DoesNotContain("Best", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Smaller_errors_of_values_are_better()
    {
        using var session = new Session().With("line.csv", Line()).Run(
            [.. Words("search line.csv --target y --task regression --preset default --layers none --epochs 30 --folds 2 --json"),
                "--measure", "rmse", "--try", "learning-rate=0.00001 0.1"]);
        var lines = Lines(session);
        Assert.Equal("0.1", lines[0].GetProperty("options").GetProperty("learning-rate").GetString());
        Assert.True(lines[0].GetProperty("rmse").GetDouble() < lines[1].GetProperty("rmse").GetDouble());
    }

    [Theory]
    [InlineData("--measure rmse --try epochs=1", "cannot use --measure rmse")]
    [InlineData("--measure loss --try loss=quadratic", "--measure loss and --try loss contradict each other")]
    [InlineData("--try learning-rate=0.1 --learning-rate 0.2", "--learning-rate and --try learning-rate contradict each other")]
    [InlineData("--factor 4 --try learning-rate=0.1", "--factor is for --halving")]
    [InlineData("--halving --try epochs=1", "--halving and --try epochs contradict each other")]
    [InlineData("", "--try is missing")]
    [InlineData("--folds 50 --try learning-rate=0.1", "these options cannot be used")]
    public void Contradictions_are_refused(string options, string what)
    {
        using var session = WithFlowers().Run($"search flowers.csv --target species --preset default {options}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains($"error: {what}\n", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_about_searching_shows_what_its_commands_print()
    {
        string page = File.ReadAllText(Path.Combine(Snapshot.Root, "docs", "search.md"));
        using var session = new Session();
        var outputs = new List<string>();
        foreach (string line in page.Split('\n').Where(line => line.StartsWith("    nabla ", StringComparison.Ordinal)))
        {
            session.Run([.. ShellWord.Split(line["    nabla ".Length..].Replace('"', '\''))]);
            Assert.Equal(ExitCode.Done, session.ExitCode);
            outputs.Add(session.Output);
        }
        string[] shown = [.. page.Split("```text\n")[1..].Select(block => block.Split("```")[0])];
        Assert.Equal(outputs.Count, shown.Length + 1); // the first command makes data
        Assert.All(shown.Index(), block => Assert.StartsWith(block.Item, outputs[block.Index + 1], StringComparison.Ordinal));
    }

    private static Session Search(params string[] options) => WithFlowers().Run([.. Three, .. options]);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static JsonElement[] Lines(Session session) =>
        [.. session.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Line() => "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{2 * i}.5\n"));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
