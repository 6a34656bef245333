using System.Xml.Linq;
using Spectre.Console.Testing;

namespace Nabla.Cli.Tests;

/// <summary><c>nabla report</c>, <c>nabla train --report</c>, and the pictures at the end of a training run.</summary>
public sealed class ReportTests
{
    private const string Quick = "--layers 8 --epochs 3 --batch-size 16 --learning-rate 0.05";

    private const long MostBytes = 1_500_000;

    private static readonly string Houses = "size,rooms,town,price\n" + string.Concat(
        Enumerable.Range(0, 60).Select(i => $"{i % 13},{i * 7 % 5},{(i % 2 == 0 ? "here" : "there")},{100 + 30 * (i % 13)}.5\n"));

    [Fact]
    public void The_figures_of_a_report_are_those_of_an_evaluation()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).RunSilently($"train tiny.npz {Quick}")
            .Run("report model.safetensors tiny.npz");
        var page = Page(session);
        session.Run("evaluate model.safetensors tiny.npz");
        string[] lines = session.Output.Split('\n');
        Assert.Equal(lines[0], page.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value);
        var titles = page.Descendants("dt").Select(title => title.Value);
        var values = page.Descendants("dd").Select(value => value.Value);
        string[] metrics = [.. titles.Zip(values, (title, value) => $"{title}: {value}")];
        Assert.All(lines[1..].TakeWhile(line => line.Length > 0), line => Assert.Contains(line, metrics));
        // Each cell of the table of classes.
        string[][] table = [.. page.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        string[] classes = [.. lines.SkipWhile(line => !line.StartsWith("class ", StringComparison.Ordinal)).Skip(1).Take(3)];
        Assert.All(classes, line => Assert.Contains(
            table, row => row.SequenceEqual(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void Of_a_table_the_held_out_rows_are_measured()
    {
        using var session = new Session().With("houses.csv", Houses).RunSilently($"train houses.csv --target price {Quick} --report");
        var trained = Page(session);
        Assert.Contains("the 12 of 60 examples of houses.csv that the training run held out", trained.Value, StringComparison.Ordinal);
        Assert.Contains("Importance of the columns", trained.Value, StringComparison.Ordinal);
        Assert.Contains($"nabla train houses.csv --target price {Quick}", trained.Value, StringComparison.Ordinal);
        // The same page with the data named, and with those of the model's notes.
        string page = trained.ToString();
        session.RunSilently("report model.safetensors houses.csv --out a.html").RunSilently("report model.safetensors --out b.html");
        Assert.Equal(page, Page(session, "a.html").ToString());
        Assert.Equal(page, Page(session, "b.html").ToString());
        session.Run("evaluate model.safetensors houses.csv --held-out");
        Assert.Equal(
            session.Output.Split('\n')[0], trained.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value);
    }

    [Fact]
    public void Arrays_for_a_model_of_a_table_have_no_columns()
    {
        // Four features as those of the table, the first with large numbers that differ little, and the same classes.
        string table = Sample.Csv().Replace("setosa", "0", StringComparison.Ordinal).Replace("virginica", "1", StringComparison.Ordinal);
        double[] x = [.. Enumerable.Range(0, 40).SelectMany(i => (double[])[1e8 + i % 2 * 0.5, 1, 0, 0])];
        byte[] arrays = Sample.Archive(
            ("x", NumericArray.Create<double>(x, 40, 4)),
            ("y", NumericArray.Create<byte>([.. Enumerable.Range(0, 40).Select(i => (byte)(i % 2))], 40)));
        using var session = new Session().With("a.csv", table).With("a.npz", arrays)
            .RunSilently($"train a.csv --target species --task classification {Quick}").RunSilently("report model.safetensors a.csv");
        Assert.Contains("Importance of the columns", Page(session).Value, StringComparison.Ordinal);
        session.RunSilently("report model.safetensors a.npz");
        Assert.DoesNotContain("Importance of the columns", Page(session).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_said_what_is_measured()
    {
        var session = new Session().With("houses.csv", Houses).RunSilently($"train houses.csv --target price {Quick}")
            .Run("report model.safetensors").Run("report model.safetensors houses.csv")
            .With("houses.csv", Houses + "5,1,here,77\n").Run("report model.safetensors");
        File.Delete(session.PathOf("houses.csv"));
        session.Run("report model.safetensors");
        Snapshot.Matches(session);
    }

    [Fact]
    public void A_report_in_the_place_of_something_else_is_refused()
    {
        var session = new Session().With("tiny.npz", Sample.Npz()).RunSilently($"train tiny.npz {Quick}")
            .Run("report model.safetensors tiny.npz --out model.safetensors")
            .Run("report model.safetensors tiny.npz --out there/report.html")
            .Run("train --report tiny.npz").Run("report tiny.npz").Run("report model.safetensors missing.npz");
        Snapshot.Matches(session);
    }

    [Fact]
    public void A_command_that_a_reader_must_not_run_is_not_shown()
    {
        Assert.True(ShellWord.AreQuoted("nabla train 'my file' --target 'it'\\''s'"));
        Assert.False(ShellWord.AreQuoted("nabla train x; rm -rf y"));
        Assert.False(ShellWord.AreQuoted("nabla train $(evil)"));
        Assert.False(ShellWord.AreQuoted("nabla train 'open"));
        Assert.False(ShellWord.AreQuoted("nabla train x\nevil"));
        var model = Classifier.Train(Digits.Load().Train.Select([.. Enumerable.Range(0, 40)]), new() { Hidden = [], Epochs = 1 });
        model.Notes[ModelNotes.Command] = "curl evil.example";
        Assert.Null(ModelNotes.CommandOf(model));
        model.Notes[ModelNotes.Command] = "nabla train mnist | sh";
        Assert.Null(ModelNotes.CommandOf(model));
        foreach (string writing in (string[])["--out x", "--out=x", "--report", "--report x", "--resume x"])
        {
            model.Notes[ModelNotes.Command] = $"nabla train mnist {writing}";
            Assert.Null(ModelNotes.CommandOf(model));
        }
        model.Notes[ModelNotes.Command] = "nabla train mnist --preset fast";
        Assert.Equal("nabla train mnist --preset fast", ModelNotes.CommandOf(model));
    }

    [Fact]
    public void On_a_terminal_training_ends_with_a_curve_and_a_confusion_matrix()
    {
        using var screen = new TestConsole().Width(100);
        using var session = new Session { Screen = screen }.With("tiny.npz", Sample.Npz()).RunSilently(
                "train tiny.npz --layers 8 --epochs 9 --batch-size 16 --learning-rate 0.05");
        string text = screen.Output[screen.Output.IndexOf("Loss: *", StringComparison.Ordinal)..];
        Snapshot.Matches(text);
    }

    [Fact]
    public void In_a_pipe_and_as_json_there_are_no_pictures()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).Run($"train tiny.npz {Quick}");
        Assert.DoesNotContain("Confusion matrix", session.Output + session.Messages, StringComparison.Ordinal);
        using var screen = new TestConsole().Width(100);
        using var json = new Session { Screen = screen }.With("tiny.npz", Sample.Npz()).Run($"train tiny.npz {Quick} --json");
        Assert.DoesNotContain("Confusion matrix", screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_on_mnist_is_small()
    {
        var source = Mnist.Find(new MnistOptions { CurrentDirectory = Snapshot.Root, CacheDirectory = Snapshot.Root });
        Assert.SkipWhen(source is null, "mnist.npz is not beside the repository");
        using var session = new Session();
        session.RunSilently($"train mnist --data-dir {Path.GetDirectoryName(source.Path)} --layers 128 --epochs 1 --report");
        Assert.InRange(new FileInfo(session.PathOf("report.html")).Length, 50_000, MostBytes);
        Assert.Contains("the 10000 test examples of mnist", Page(session).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_on_a_wide_table_is_small()
    {
        const int Columns = 80;
        string header = string.Join(',', Enumerable.Range(0, Columns).Select(column => $"column {column}"));
        var rows = Enumerable.Range(0, 1200).Select(
            row => string.Join(',', Enumerable.Range(0, Columns).Select(column => $"{(row * 31 + column * row * 7) % 1009}")));
        string table = $"{header},y\n{string.Concat(rows.Select((row, i) => $"{row},{i * 3 % 500}.5\n"))}";
        using var session = new Session()
            .With("wide.csv", table).RunSilently("train wide.csv --target y --layers 16,16 --epochs 2 --report");
        Assert.InRange(new FileInfo(session.PathOf("report.html")).Length, 50_000, MostBytes);
    }

    private static XElement Page(Session session, string name = "report.html")
    {
        string text = File.ReadAllText(session.PathOf(name));
        return XElement.Parse(text[text.IndexOf("<html", StringComparison.Ordinal)..]);
    }
}
