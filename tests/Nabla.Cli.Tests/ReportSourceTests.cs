using System.Xml.Linq;

namespace Nabla.Cli.Tests;

/// <summary>What models note about their training runs, and what a report makes of it.</summary>
public sealed class ReportSourceTests
{
    private const string Quick = "--layers 8 --epochs 3 --batch-size 16 --learning-rate 0.05";

    private const string Alone = "Reporting what the model alone tells";

    [Fact]
    public void The_command_has_the_data_and_nothing_that_changes_no_result()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        session.RunSilently($"train {Quick} tiny.npz --threads 1 --members 1 --json --out other.safetensors --report other.html");
        Assert.Equal($"nabla train tiny.npz {Quick}", Load(session, "other.safetensors").Notes[ModelNotes.Command]);
        session.RunSilently($"train tiny.npz {Quick}");
        Assert.Equal(
            File.ReadAllBytes(session.PathOf("model.safetensors")), File.ReadAllBytes(session.PathOf("other.safetensors")));
    }

    [Fact]
    public void The_command_names_the_data_that_were_chosen_by_default()
    {
        // Without a network and without MNIST, these are the built-in digits.
        using var session = new Session().RunSilently("train --layers 4 --epochs 1");
        Assert.Equal("nabla train digits --layers 4 --epochs 1", Load(session).Notes[ModelNotes.Command]);
    }

    [Fact]
    public void An_interrupted_run_is_not_repeated_by_its_command()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        using var output = new InterruptingWriter("Epoch: 1", session.Interruption);
        session.Run($"train tiny.npz {Quick}", output);
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        using var later = new Session().With("tiny.npz", Sample.Npz())
            .With("model.safetensors", File.ReadAllBytes(session.PathOf("model.safetensors")));
        Assert.Contains("was interrupted", Report(later, "tiny.npz"), StringComparison.Ordinal);
        Assert.DoesNotContain("same fingerprint", Report(later, "tiny.npz"), StringComparison.Ordinal);
        later.RunSilently("train tiny.npz --resume model.safetensors");
        Assert.Contains("same fingerprint", Report(later, "tiny.npz"), StringComparison.Ordinal);
        // Nothing remains of the interruption.
        byte[] resumed = File.ReadAllBytes(later.PathOf("model.safetensors"));
        later.RunSilently($"train tiny.npz {Quick}");
        Assert.Equal(File.ReadAllBytes(later.PathOf("model.safetensors")), resumed);
    }

    [Fact]
    public void An_interrupted_ensemble_is_not_repeated_by_its_command()
    {
        using var session = new Session().With("tiny.npz", Sample.NpzWithoutTest());
        using var output = new InterruptingWriter("Member: 0", session.Interruption);
        session.Run($"train tiny.npz {Quick} --members 5 --threads 1", output);
        Assert.Equal(ExitCode.Interrupted, session.ExitCode);
        Assert.Contains(ModelNotes.Interrupted, Load(session).Notes);
    }

    [Fact]
    public void Data_of_which_nothing_was_held_out_are_not_measured_by_themselves()
    {
        using var session = new Session().With("a.npz", Sample.NpzWithoutTest()).With("b.npz", Sample.NpzWithoutTest())
            .RunSilently($"train a.npz --validation b.npz {Quick}").Run("report model.safetensors");
        Assert.Contains(
            $"{Alone}: the model was trained on a.npz, and nothing of it was held out.", session.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("Measured on", Page(session).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_have_changed_are_not_measured_by_themselves()
    {
        using var session = new Session().With("a.csv", Sample.Csv()).RunSilently($"train a.csv --target species {Quick}")
            .Run("report model.safetensors");
        Assert.Contains("Measuring on the 8 of 40 examples of a.csv", session.Messages, StringComparison.Ordinal);
        session.With("a.csv", Sample.Csv() + "3.5,red,setosa\n").Run("report model.safetensors");
        Assert.Contains($"{Alone}: a.csv is not what it was", session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")] // //folder/a.csv, which Windows looks for on another machine
    [InlineData(@"\\server\share")]
    public void A_model_does_not_make_its_reader_ask_another_machine(string start)
    {
        using var session = new Session().With("a.csv", Sample.Csv()).RunSilently($"train a.csv --target species {Quick}");
        var model = Load(session);
        model.Notes[ModelNotes.Data] = start + session.PathOf("a.csv");
        model.Save(session.PathOf("model.safetensors"));
        session.Run("report model.safetensors");
        Assert.Contains($"{Alone}: ", session.Messages, StringComparison.Ordinal);
        Assert.Contains("on which the model was trained, is not here", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_does_not_replace_data_that_the_model_names()
    {
        // A folder is never replaced, and a file with the extension of data is refused; one without extension may be either.
        using var session = new Session().With("table", Sample.Csv()).RunSilently($"train table --target species {Quick}")
            .Run("report model.safetensors --out table");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("it is the file of the data, and would be replaced", session.Messages, StringComparison.Ordinal);
        Assert.Equal(Sample.Csv(), File.ReadAllText(session.PathOf("table")));
        // Also if they have changed since.
        string changed = Sample.Csv() + "3.5,red,setosa\n";
        session.With("table", changed).Run("report model.safetensors --out table");
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Equal(changed, File.ReadAllText(session.PathOf("table")));
    }

    [Fact]
    public void Characters_that_no_page_may_have_are_shown_as_escapes()
    {
        string table = Sample.Csv().Replace("setosa", "set\uFFFFosa", StringComparison.Ordinal);
        using var session = new Session().With("a.csv", table).RunSilently($"train a.csv --target species {Quick}");
        Assert.Contains("set\\uffffosa", Report(session, "a.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Histories_that_do_not_fit_into_a_file_are_mentioned()
    {
        string layers = string.Join(',', Enumerable.Repeat("1", 45));
        using var session = new Session().With("tiny.npz", Sample.NpzWithoutTest()).RunSilently(
            $"train tiny.npz --layers {layers} --activation tanh --epochs 1000 --batch-size 60 --members 15");
        Assert.Contains("The histories of 15 networks are too long for a model file", session.Messages, StringComparison.Ordinal);
        Assert.All(Load(session).Members, member => Assert.Empty(member.History.Epochs));
    }

    private static Model Load(Session session, string name = "model.safetensors") => Model.Load(session.PathOf(name));

    private static string Report(Session session, string data) => Page(session.RunSilently($"report model.safetensors {data}")).Value;

    private static XElement Page(Session session)
    {
        string text = File.ReadAllText(session.PathOf("report.html"));
        return XElement.Parse(text[text.IndexOf("<html", StringComparison.Ordinal)..]);
    }
}
