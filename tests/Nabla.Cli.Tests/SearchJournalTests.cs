using Microsoft.Win32.SafeHandles;

namespace Nabla.Cli.Tests;

/// <summary>The file of a search, with which it is continued.</summary>
public sealed class SearchJournalTests
{
    private const string File = "search.jsonl";

    private static readonly string[] Command =
    [
        "search", "flowers.csv", "--target", "species", "--preset", "default", "--epochs", "3", "--folds", "2", "--try",
        "learning-rate=0.001..0.1", "--trials", "6", "--halving",
    ];

    [Fact]
    public void A_search_continues_where_it_was_interrupted()
    {
        using var session = SearchTests.WithFlowers();
        string expected = session.Run(Command).Output;
        Assert.Equal(expected, Keep(session).Output);
        string[] lines = Lines(session);
        Assert.Equal(1 + 12 + 4, lines.Length); // 6 trials on 2 folds, and 2 of them for all epochs
        for (int kept = 1; kept <= lines.Length; kept += 5)
        {
            session.With(File, string.Concat(lines[..kept].Select(line => line + "\n")));
            Assert.Equal(expected, Keep(session).Output);
            Assert.Equal(lines.Length, Lines(session).Length);
            Assert.Equal(kept >= 2, session.Messages.Contains("already done", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("{\"event\":\"job\",\"tri", true)]
    [InlineData("\0\0\0\0", true)]
    [InlineData("\0\0\0\0\n", true)]
    [InlineData("", false)]
    public void A_line_that_was_not_written_completely_is_left_out_with_a_notice(string torn, bool isNoticed)
    {
        using var session = SearchTests.WithFlowers();
        string expected = Keep(session).Output;
        string[] lines = Lines(session);
        session.With(File, string.Concat(lines[..9].Select(line => line + "\n")) + torn);
        Assert.Equal(expected, Keep(session).Output);
        Assert.Equal(isNoticed, session.Messages.Contains("not written completely", StringComparison.Ordinal));
        Assert.All(Lines(session)[1..], line => JobResult.Read(line));
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_refused()
    {
        using var session = SearchTests.WithFlowers();
        string[] lines = Lines(Keep(session));
        lines[4] = "{}";
        session.With(File, string.Concat(lines.Select(line => line + "\n")));
        Assert.Equal(ExitCode.InvalidInput, Keep(session).ExitCode);
        Assert.Contains("where: line 5\n", session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"score\":1e999", "1e999 is not a finite number")]
    [InlineData("\"failure\":\"none\",\"exit-code\":0", "0 is no exit code of a failure")]
    public void A_result_that_cannot_be_is_refused(string result, string why)
    {
        using var session = SearchTests.WithFlowers();
        string[] lines = Lines(Keep(session));
        lines[4] = System.Text.RegularExpressions.Regex.Replace(lines[4], "\"score\":[^,]*", result);
        session.With(File, string.Concat(lines.Select(line => line + "\n")));
        Assert.Equal(ExitCode.InvalidInput, Keep(session).ExitCode);
        Assert.Contains(why, session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_an_editor_has_saved_is_continued()
    {
        using var session = SearchTests.WithFlowers();
        string expected = Keep(session).Output;
        string text = string.Concat(Lines(session).Select(line => line + "\n"));
        session.With(File, "\uFEFF" + text);
        Assert.Equal(expected, Keep(session).Output);
        Assert.Equal(text, System.IO.File.ReadAllText(session.PathOf(File)));
        Assert.DoesNotContain("not written completely", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_another_shape_are_other_data()
    {
        const string Search = "search a.npz --folds 2 --epochs 1 --try learning-rate=0.01 --out search.jsonl";
        byte[] inputs = [.. Enumerable.Range(0, 40 * 16).Select(i => (byte)(i * 37))];
        byte[] labels = [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 2))];
        byte[] Archive(params int[] shape) => Sample.Npz(NumericArray.Create<byte>(inputs, shape), NumericArray.Create<byte>(labels, 40));
        using var session = new Session().With("a.npz", Archive(40, 16)).RunSilently(Search);
        session.With("a.npz", Archive(40, 4, 4)).Run(Search);
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("the training data differ", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_with_other_names_of_classes_are_refused()
    {
        const string Search = "search a.csv --target y --folds 2 --epochs 1 --try learning-rate=0.01 --out search.jsonl";
        string Table(string first) =>
            "a,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * 37 % 40 / 40.0:R},{(i % 2 == 0 ? first : "Spam")}\n"));
        using var session = new Session().With("a.csv", Table("Ham")).RunSilently(Search);
        session.With("a.csv", Table("Hum")).Run(Search);
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("the training data differ", session.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed 2", "it had no --seed 2")]
    [InlineData("--trials 7", "it had --trials 6, and the command has --trials 7")]
    [InlineData("--epochs 4", "it had --epochs 3, and the command has --epochs 4")]
    public void Another_search_is_refused_and_the_difference_is_named(string option, string difference)
    {
        using var session = SearchTests.WithFlowers();
        Keep(session);
        string[] words = option.Split(' ');
        int at = Array.IndexOf(Command, words[0]);
        string[] others = at < 0 ? Command : [.. Command[..at], .. Command[(at + 2)..]];
        session.Run([.. others, .. words, "--out", File]);
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains($"another search: {difference}\n", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_are_refused()
    {
        using var session = SearchTests.WithFlowers();
        Keep(session);
        session.With("flowers.csv", Sample.Csv().Replace("1.5", "1.25", StringComparison.Ordinal));
        Assert.Equal(ExitCode.WrongUsage, Keep(session).ExitCode);
        Assert.Contains("the training data differ", session.Messages, StringComparison.Ordinal);
    }

    /// <summary>Categories become -1 and 1, which are not scaled; numbers are.</summary>
    [Fact]
    public void Data_of_other_kinds_are_refused_although_their_numbers_are_the_same()
    {
        const string Search = "search a.csv --target y --folds 2 --epochs 1 --try learning-rate=0.01 --out search.jsonl";
        string Table(string no, string yes) => "a,b,y\n" + string.Concat(
            Enumerable.Range(0, 60).Select(i => $"{(i % 3 == 0 ? yes : no)},{i * 37 % 60 / 60.0:R},{i % 7}.5\n"));
        using var session = new Session().With("a.csv", Table("no", "yes")).RunSilently(Search);
        string before = Fingerprint(session);
        session.With("a.csv", Table("-1", "1")).Run(Search);
        Assert.Equal(ExitCode.WrongUsage, session.ExitCode);
        Assert.Contains("the training data differ", session.Messages, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint(session));

        static string Fingerprint(Session session)
        {
            session.RunSilently("train a.csv --target y --epochs 1");
            return RunReceipt.Load(session.PathOf("model.run/run.json")).Data;
        }
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_unchanged()
    {
        using var session = SearchTests.WithFlowers().With(File, "{\"a\":1}\n");
        Assert.Equal(ExitCode.InvalidInput, Keep(session).ExitCode);
        Assert.Equal(["{\"a\":1}"], Lines(session));
    }

    [Fact]
    public void Threads_and_jobs_do_not_matter()
    {
        using var session = SearchTests.WithFlowers();
        string expected = Keep(session).Output;
        session.Run([.. Command, "--jobs", "3", "--threads", "2", "--out", File]);
        Assert.Equal(expected, session.Output);
    }

    [Fact]
    public void A_signal_ends_a_search_and_it_says_how_to_continue()
    {
        using var session = SearchTests.WithFlowers();
        session.Interruption.Signal();
        Assert.Equal(ExitCode.Interrupted, Keep(session).ExitCode);
    }

    [Fact]
    public void A_file_that_another_process_writes_is_refused()
    {
        using var session = SearchTests.WithFlowers();
        Keep(session);
        using (var held = AtomicFile.SystemOutput.Open(session.PathOf(File)))
        {
            Assert.Equal(ExitCode.WrongUsage, Keep(session).ExitCode);
            Assert.Contains("another process writes it", session.Messages, StringComparison.Ordinal);
        }
        Assert.Equal(ExitCode.Done, Keep(session).ExitCode);
    }

    [Fact]
    public void Lines_are_flushed_and_a_full_disk_is_reported()
    {
        using var session = SearchTests.WithFlowers();
        var terminal = Session.Nowhere() with { CurrentDirectory = session.Folder };
        var file = OutputFile.Check(File, ".jsonl", terminal);
        var output = new FullDisk();
        using var journal = SearchJournal.Open(file, new SearchHeader("1", "data", []), terminal, output);
        int flushes = output.Flushes;
        string line = JobResult.Done(new SearchJob(1, 2, 3), 0.1 + 0.2, TimeSpan.Zero).ToJson();
        journal.Add([line, line]);
        Assert.Equal(flushes + 1, output.Flushes);
        Assert.Equal(0.1 + 0.2, JobResult.Read(line).Score);
        output.IsFull = true;
        Assert.Throws<OutputException>(() => journal.Add([line]));
    }

    private static Session Keep(Session session) => session.Run([.. Command, "--out", File]);

    private static string[] Lines(Session session) => System.IO.File.ReadAllText(session.PathOf(File)).TrimEnd('\n').Split('\n');

    private sealed class FullDisk() : WrappedOutput(AtomicFile.SystemOutput)
    {
        public bool IsFull { get; set; }

        public int Flushes { get; private set; }

        public override int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes) =>
            IsFull ? throw new IOException("No space left on device") : base.Write(file, offset, bytes);

        public override void Flush(SafeFileHandle file)
        {
            Flushes++;
            base.Flush(file);
        }
    }
}
