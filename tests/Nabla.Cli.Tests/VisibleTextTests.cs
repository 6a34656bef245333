using Nabla.Report;

namespace Nabla.Cli.Tests;

/// <summary>Control characters in names and texts of files: they are shown, and do nothing.</summary>
public sealed class VisibleTextTests
{
    private const string Evil = "\u001b[2Jp\u202eq\nforged[0]: fine (1.0000)\u0085";
    private const string Shown = @"\u001b[2Jp\u202eq\nforged[0]: fine (1.0000)\u0085";

    private static Session WithTable()
    {
        string quoted = $"\"{Evil}\"";
        var rows = Enumerable.Range(0, 20).Select(i => $"{i % 2 * 4 + i * 0.01},{(i % 2 == 0 ? quoted : "plain")}\n");
        return new Session().With("t.csv", $"a,{quoted}\n" + string.Concat(rows)).With("n.csv", "a\n0\n4\n");
    }

    [Fact]
    public void Class_and_column_names_of_a_table_are_escaped_in_all_commands()
    {
        using var session = WithTable();
        session.Run(["train", "t.csv", "--target", Evil, "--layers", "4", "--batch-size", "4", "--epochs", "20"]);
        Assert.Equal(ExitCode.Done, session.ExitCode);
        AssertVisible(session);
        foreach (string command in (string[])["predict model.safetensors n.csv", "inspect model.safetensors", "inspect t.csv"])
        {
            session.Run(command);
            Assert.Equal(ExitCode.Done, session.ExitCode);
            Assert.Contains(Shown, session.Output, StringComparison.Ordinal);
            AssertVisible(session);
        }
        Assert.Equal(ExitCode.WrongUsage, session.Run("train t.csv").ExitCode);
        Assert.Contains(Shown, session.Messages, StringComparison.Ordinal);
        AssertVisible(session);
    }

    [Fact]
    public void Halves_of_pairs_and_what_is_no_character_are_shown()
    {
        // Not as data of a theory, which do not survive discovery.
        (string Text, string Shown)[] cases =
        [
            ("a\uFFFEb\uFFFF", @"a\ufffeb\uffff"), ("high \uD83D", "high \uFFFD"), ("\uDE00 low", "\uFFFD low"),
            ("\uD83D\uDE00", "\uD83D\uDE00"), ("tag \uDB40\uDC41", @"tag \udb40\udc41"),
        ];
        Assert.All(cases, pair => Assert.Equal(pair.Shown, VisibleText.Escape(pair.Text)));
        Assert.All(cases, pair => Assert.Equal(pair.Shown, VisibleText.Escape(pair.Text, 40)));
        Assert.Equal("ab…", VisibleText.Escape("ab\uD83D\uDE00cd", 4));
    }

    [Fact]
    public void Names_of_arrays_and_files_are_escaped()
    {
        using var session = new Session();
        session.With("a.npz", Sample.Archive((Evil, Sample.X(3)), ("b", Sample.Y(3)))).With("e\u001b[2J.npz", Sample.Npz());
        string[][] commands = [["inspect", "a.npz"], ["train", "a.npz"], ["inspect", "e\u001b[2J.npz"], ["train", "no\n\u001b"]];
        foreach (string[] command in commands)
        {
            session.Run(command);
            AssertVisible(session);
        }
    }

    [Fact]
    public void JSON_has_the_same_text_as_before()
    {
        using var session = WithTable();
        session.Run(["train", "t.csv", "--target", Evil, "--layers", "4", "--batch-size", "4", "--epochs", "20", "--json"]);
        session.Run("predict model.safetensors n.csv --json");
        var first = System.Text.Json.JsonDocument.Parse(session.Output.Split('\n')[0]).RootElement;
        Assert.Equal(Evil, first.GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("plain, größe, 数字 🙂", "plain, größe, 数字 🙂")]
    [InlineData("a\tb\rc\nd", @"a\tb\rc\nd")]
    [InlineData("\u0000\u007f\u009b\u2028\u2067", @"\u0000\u007f\u009b\u2028\u2067")]
    public void A_text_is_one_visible_line(string text, string shown) => Assert.Equal(shown, VisibleText.Escape(text));

    private static void AssertVisible(Session session) => Assert.All(
        session.Output + session.Messages, c => Assert.True(c == '\n' || (!char.IsControl(c) && c != '\u202e'), $"U+{(int)c:x4}"));
}
