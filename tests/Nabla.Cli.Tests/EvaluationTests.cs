using System.Globalization;
using System.Text.Json;
using Nabla.Report;

namespace Nabla.Cli.Tests;

/// <summary>Reports of <c>nabla evaluate</c>, and the file with the scores of each example.</summary>
public sealed class EvaluationTests
{
    private const string Quick = "--layers 8 --epochs 3 --batch-size 16 --learning-rate 0.05";

    // Class names that a terminal or a CSV file could misread.
    private static readonly string[] Odd = ["a,b", "say \"x\"", "line\nbreak", "\u001b[31mred", "é"];

    private static readonly string OddTable = "x,kind\n" + string.Concat(
        Enumerable.Range(0, 50).Select(i => $"{i % 5},\"{Odd[i % 5].Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));

    private static readonly string Houses = "size,price,rooms\n" + string.Concat(
        Enumerable.Range(0, 40).Select(i => $"{i % 13},{100 + 30 * (i % 13)}.5,{i % 13 + 1}.5\n"));

    [Fact]
    public void A_report_has_a_summary_and_a_table_of_classes() =>
        Snapshot.Matches(Trained().Run("evaluate model.safetensors tiny.npz").Run("evaluate model.safetensors tiny.npz --json"));

    [Fact]
    public void With_many_classes_the_worst_are_listed()
    {
        var x = NumericArray.Create<float>([.. Enumerable.Range(0, 90).Select(i => i % 30 / 30f)], 90, 1);
        var y = NumericArray.Create<byte>([.. Enumerable.Range(0, 90).Select(i => (byte)(i % 30))], 90);
        Snapshot.Matches(new Session().With("many.npz", Sample.Npz(x, y)).RunSilently("train many.npz --layers none --epochs 3")
            .Run("evaluate model.safetensors many.npz"));
    }

    [Fact]
    public void Several_targets_have_a_table() =>
        Snapshot.Matches(new Session().With("houses.csv", Houses).RunSilently($"train houses.csv --target price --target rooms {Quick}")
            .Run("evaluate model.safetensors houses.csv"));

    [Fact]
    public void Scores_are_written_with_the_numbers_of_their_rows()
    {
        using var session = new Session().With("iris.csv", Sample.Csv()).RunSilently($"train iris.csv --target species {Quick}");
        session.Run("evaluate model.safetensors iris.csv --held-out --json --out scores.csv");
        Assert.Equal("Wrote 8 examples to scores.csv.\n", session.Messages);
        using var report = JsonDocument.Parse(session.Output);
        string[][] rows = [.. File.ReadAllText(session.PathOf("scores.csv")).TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
        Assert.Equal(["row", "target", "prediction", "probability_setosa", "probability_virginica"], rows[0]);
        string[] lines = Sample.Csv().Split('\n');
        Assert.All(rows[1..], row => Assert.EndsWith($",{row[1]}", lines[(int)Number(row[0])], StringComparison.Ordinal));
        double logLoss = rows[1..].Average(row => -Math.Log(Number(row[row[1] == "setosa" ? 3 : 4])));
        Assert.Equal(report.RootElement.GetProperty("log-loss").GetDouble(), logLoss, 1e-12);
        Assert.Equal(report.RootElement.GetProperty("correct").GetInt32(), rows[1..].Count(row => row[1] == row[2]));
    }

    [Fact]
    public void Names_are_quoted_in_the_file_and_escaped_on_the_terminal()
    {
        using var session = new Session().With("odd.csv", OddTable).RunSilently($"train odd.csv --target kind {Quick}");
        session.Run("evaluate model.safetensors odd.csv --out scores.csv");
        Assert.Contains("line\\nbreak", session.Output, StringComparison.Ordinal);
        Assert.Contains("\\u001b[31mred", session.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', session.Output);
        // Nabla's own reader understands the file.
        session.RunSilently($"train scores.csv --target target {Quick} --out other.safetensors");
        Assert.Equal(Odd.Order(StringComparer.Ordinal), ((Classifier)Model.Load(session.PathOf("other.safetensors"))).ClassNames);
        Assert.Contains("\"say \"\"x\"\"\"", File.ReadAllText(session.PathOf("scores.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_written_beside_their_predictions()
    {
        using var session = new Session().With("houses.csv", Houses).RunSilently($"train houses.csv --target price --target rooms {Quick}");
        session.Run("evaluate model.safetensors houses.csv --out scores.csv");
        string[] rows = File.ReadAllLines(session.PathOf("scores.csv"));
        Assert.Equal("row,target_price,prediction_price,target_rooms,prediction_rooms", rows[0]);
        Assert.Equal(41, rows.Length);
        Assert.Matches(@"^2,130\.5,-?[\d.E-]+,2\.5,-?[\d.E-]+$", rows[2]);

        session.RunSilently($"train houses.csv --target price {Quick}").Run("evaluate model.safetensors houses.csv --out scores.csv");
        Assert.Equal("row,target,prediction", File.ReadLines(session.PathOf("scores.csv")).First());
    }

    [Fact]
    public void What_is_undefined_has_a_reason_and_is_null_in_json()
    {
        using var session = new Session().With("houses.csv", Houses).With("one.csv", "size,price,rooms\n1,130.5,2.5\n");
        session.RunSilently($"train houses.csv --target price {Quick}").Run("evaluate model.safetensors one.csv");
        Assert.Contains("R2: undefined (it needs at least two examples)", session.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(session.Run("evaluate model.safetensors one.csv --json").Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("r2").ValueKind);
        Assert.Equal("it needs at least two examples", json.RootElement.GetProperty("undefined").GetProperty("r2").GetString());

        session.With("iris.csv", Sample.Csv()).With("setosa.csv", "length,colour,species\n1.5,red,setosa\n");
        session.RunSilently($"train iris.csv --target species {Quick}").Run("evaluate model.safetensors setosa.csv");
        Assert.Contains("ROC AUC: undefined (all examples belong to one class, setosa)", session.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", session.Output, StringComparison.Ordinal);
        Assert.Contains(
            "\"roc-auc\":null", session.Run("evaluate model.safetensors setosa.csv --json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors", "the file would be a .csv file")]
    [InlineData("./tiny.npz", "the file would be a .csv file")]
    [InlineData("link", "it is the file of the model")]
    [InlineData("data.csv", "it is the file of the data")]
    public void Scores_never_replace_what_is_read(string output, string why)
    {
        using var session = Trained();
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(session.PathOf("link"), session.PathOf("model.safetensors"));
        File.Copy(session.PathOf("tiny.npz"), session.PathOf("data.csv"));
        session.Run($"evaluate model.safetensors data.csv --out {output}");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains(why, session.Messages, StringComparison.Ordinal);
        Assert.IsType<Classifier>(Model.Load(session.PathOf("model.safetensors")));
    }

    [Fact]
    public void Scores_that_cannot_be_written_are_reported_before_the_model_is_measured()
    {
        using var session = Trained().Run("evaluate model.safetensors tiny.npz --out missing/scores.csv");
        Assert.Equal((ExitCode.InputOutputFailed, ""), (session.ExitCode, session.Output));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("\u0007", "\"\u0007\"")]
    [InlineData(" a", "\" a\"")]
    public void Fields_are_quoted_where_they_must_be(string text, string field) => Assert.Equal(field, CsvText.Default.Field(text));

    [Theory]
    [InlineData("é 数 😀", "é 数 😀")]
    [InlineData("a\tb\r\n", "a\\tb\\r\\n")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("\U000e0001", "\\udb40\\udc01")]
    public void What_a_terminal_would_obey_is_escaped(string text, string shown)
    {
        Assert.Equal(shown, VisibleText.Escape(text));
        Assert.Equal(text, JsonDocument.Parse($"\"{shown}\"").RootElement.GetString());
    }

    [Fact]
    public void Long_names_are_shortened_between_characters()
    {
        Assert.Equal("abcd…", VisibleText.Escape("abcdefgh", 5));
        Assert.Equal("abc…", VisibleText.Escape("abc😀efgh", 5));
        Assert.Equal("abcde", VisibleText.Escape("abcde", 5));
    }

    private static Session Trained() => new Session().With("tiny.npz", Sample.Npz()).RunSilently($"train tiny.npz {Quick}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
