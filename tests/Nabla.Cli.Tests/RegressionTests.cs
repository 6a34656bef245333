using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary>Values to predict, from the command to the printed prediction.</summary>
public sealed class RegressionTests
{
    private const string Quick = "--layers 8 --epochs 2 --batch-size 16 --learning-rate 0.05";

    // price = 100 + 30 size, with a town that does not matter.
    private static readonly string Houses = "size,town,price,rooms\n" + string.Concat(
        Enumerable.Range(0, 60).Select(i => $"{i % 13},{(i % 2 == 0 ? "Ulm" : "Bonn")},{100 + 30 * (i % 13)}.5,{i % 13 + 1}\n"));

    private static Session WithHouses() => new Session().With("houses.csv", Houses);

    [Fact]
    public void A_column_of_measurements_is_predicted_as_numbers() => Snapshot.Matches(
        WithHouses().Run($"train houses.csv --target price {Quick}").Run("evaluate model.safetensors houses.csv")
            .Run("evaluate model.safetensors houses.csv --held-out --json").Run("inspect model.safetensors"));

    [Theory]
    [InlineData("softplus")]
    [InlineData("relu")]
    [InlineData("exponential")]
    public void Outputs_of_a_limited_range_predict_values_as_they_are(string output)
    {
        // Standardized, half of the values would be below the mean, and such outputs never are.
        using var session = new Session().With(
            "small.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"{i},{i / 40.0}\n"))));
        session.Run(
            $"train small.csv --target y --task regression --output-activation {output} --layers 16 --epochs 150 --batch-size 16 "
            + "--learning-rate 0.02 --preset default");
        Assert.Contains($"Outputs of {output} cannot have every value", session.Messages, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(session.Run("evaluate model.safetensors small.csv --json").Output);
        Assert.InRange(result.RootElement.GetProperty("r2").GetDouble(), 0.95, 1);
    }

    [Fact]
    public void Only_the_training_file_has_the_held_out_examples()
    {
        string[] lines = Houses.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var session = WithHouses().With("reversed.csv", string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Reverse())));
        session.RunSilently($"train houses.csv --target price {Quick}");
        session.Run("evaluate model.safetensors reversed.csv --held-out");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("trained on other data than reversed.csv", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_remembers_its_targets()
    {
        using var session = WithHouses();
        using var output = new InterruptingWriter("Epoch: 0", session.Interruption);
        session.Run($"train houses.csv --target price --target rooms {Quick}", output);
        using var later = WithHouses().With("model.safetensors", File.ReadAllBytes(session.PathOf("model.safetensors")));
        later.Run("train houses.csv --resume model.safetensors");
        Assert.Equal(ExitCode.Done, later.ExitCode);
        Assert.StartsWith("Epoch: 1", later.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_in_another_order_are_those_of_the_model()
    {
        using var session = WithHouses();
        session.RunSilently($"train houses.csv --target price --target rooms {Quick}");
        string asTrained = session.Run("evaluate model.safetensors houses.csv").Output;
        Assert.Equal(asTrained, session.Run("evaluate model.safetensors houses.csv --target rooms --target price").Output);
    }

    [Fact]
    public void A_loss_of_values_makes_few_whole_numbers_values()
    {
        using var session = WithHouses();
        session.Run($"train houses.csv --target rooms --loss poisson {Quick}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("Predicting rooms as numbers (regression)", session.Messages, StringComparison.Ordinal);
        session.Run("lr-find houses.csv --target rooms --task regression --layers 8");
        Assert.Contains("--target rooms --task regression --layers 8", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_whole_numbers_in_an_archive_are_announced_as_classes()
    {
        var x = NumericArray.Create<float>([.. Enumerable.Range(0, 30).Select(i => (float)i)], 30, 1);
        var y = NumericArray.Create<byte>([.. Enumerable.Range(0, 30).Select(i => (byte)i)], 30);
        using var session = new Session().With("many.npz", Sample.Npz(x, y, x, y));
        session.Run("train many.npz --layers none --epochs 1");
        Assert.Contains(
            "Predicting the targets of many.npz as one of 30 classes: 0, 1, 2, 3, 4, … (classification); use --task regression",
            session.Messages,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_about_held_out_data_is_never_the_name_of_a_file()
    {
        using var session = WithHouses();
        session.RunSilently($"train houses.csv --target price {Quick}").With("0_2", Houses);
        session.Spoil(bytes => bytes.Replaced("nabla.note.held-out\":\"0.2", "nabla.note.held-out\":\"0_2"));
        session.Run("evaluate model.safetensors houses.csv --held-out");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("its note about held-out data", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_range_test_says_how_it_reads_the_target() => Assert.Contains(
        "Predicting rooms as one of 13 classes", WithHouses().Run("lr-find houses.csv --target rooms --layers 8").Messages,
        StringComparison.Ordinal);

    [Fact]
    public void A_note_about_a_table_that_does_not_fit_the_model_is_refused()
    {
        using var session = WithHouses();
        session.RunSilently($"train houses.csv --target price {Quick}");
        // A number gets a second feature, for missing values.
        session.Spoil(bytes => bytes.Replaced("marks-missing\\u0022:false", "marks-missing\\u0022:true "));
        session.Run("predict model.safetensors houses.csv");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
    }

    [Fact]
    public void Several_targets_are_named_in_each_prediction()
    {
        using var session = WithHouses();
        session.RunSilently($"train houses.csv --target price --target rooms {Quick}").With("one.csv", "town,size\nUlm,3\n");
        Assert.Matches(@"^one\.csv: price -?[\d.]+, rooms -?[\d.]+\n$", session.Run("predict model.safetensors one.csv").Output);
        using var line = JsonDocument.Parse(session.Run("predict model.safetensors one.csv --json").Output);
        Assert.Equal(["price", "rooms"], line.RootElement.GetProperty("values").EnumerateObject().Select(value => value.Name));
    }

    [Fact]
    public void Whole_numbers_are_classes_unless_regression_is_asked_for()
    {
        using var session = WithHouses();
        Assert.Contains(
            "Predicting rooms as one of 13 classes: 1, 2, 3, 4, 5, … (classification); use --task regression to predict numbers.",
            session.Run($"train houses.csv --target rooms {Quick}").Messages, StringComparison.Ordinal);
        string output = session.Run($"train houses.csv --target rooms --task regression {Quick}").Output;
        Assert.StartsWith("Epoch: 0, RMSE: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Predicting", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_figures_of_regression_by_name()
    {
        using var session = WithHouses();
        foreach (string text in session.Run($"train houses.csv --target price {Quick} --json").Output.TrimEnd().Split('\n'))
        {
            using var line = JsonDocument.Parse(text);
            Assert.All((string[])["rmse", "mae", "r2"], name => Assert.True(line.RootElement.TryGetProperty(name, out _), name));
        }
    }

    [Fact]
    public void The_task_of_data_without_values_cannot_be_regression()
    {
        using var session = new Session();
        session.Run("train digits --task regression");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("the targets of digits are classes", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void An_npz_archive_may_hold_values()
    {
        float[] x = [.. Enumerable.Range(0, 40).Select(i => i / 40f)];
        byte[] archive = Sample.Archive(
            ("x_train", NumericArray.Create<float>(x, 40, 1)),
            ("y_train", NumericArray.Create<double>([.. x.Select(v => 3.5 * v + 1)], 40)));
        using var session = new Session().With("line.npz", archive);
        Assert.Contains(
            "Predicting the targets of line.npz as numbers (regression).", session.Run($"train line.npz {Quick}").Messages,
            StringComparison.Ordinal);
        Assert.StartsWith("RMSE: ", session.Run("evaluate model.safetensors line.npz").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_engines_train_the_same_regressor()
    {
        using var session = WithHouses();
        float[] Train(string engine)
        {
            session.RunSilently($"train houses.csv --target price --target rooms {Quick} --clip-norm 0.5 --engine {engine}");
            return [.. Regressor.Load(session.PathOf("model.safetensors")).Network.Parameters];
        }
        float[] fast = Train("vectorized"), slow = Train("per-example");
        Assert.All(fast.Zip(slow), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }
}
