namespace Nabla.Cli.Tests;

/// <summary>What only a real process can show: signals, closed streams, and a full disk.</summary>
public sealed class ProcessTests
{
    private const string Brief = "--layers 8 --epochs 300";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_ends_a_training_run_after_saving_the_model(string signal)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        using var child = new ChildProcess(session.Folder, "exec \"$nabla\" train tiny.npz --epochs 10000000");
        Assert.StartsWith("Epoch: 0", child.Output.ReadLine(), StringComparison.Ordinal);
        child.Send(signal);
        AssertInterrupted(child, session);
    }

    [Fact]
    public void Later_signals_wait_until_the_model_is_saved()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        using var child = new ChildProcess(session.Folder, "exec \"$nabla\" train tiny.npz --layers 1000,1000 --epochs 10000000");
        Assert.StartsWith("Epoch: 0", child.Output.ReadLine(), StringComparison.Ordinal);
        child.Send("TERM", 20);
        AssertInterrupted(child, session);
    }

    [Fact]
    public void A_hangup_that_the_caller_ignores_stays_ignored()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz());
        // As nohup does.
        using var child = new ChildProcess(session.Folder, "trap '' HUP; exec \"$nabla\" train tiny.npz --layers 8 --epochs 2000");
        Assert.StartsWith("Epoch: 0", child.Output.ReadLine(), StringComparison.Ordinal);
        child.Send("HUP");
        Assert.Contains("Epoch: 1999", child.Output.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, child.End().ExitCode);
    }

    [Fact]
    public async Task A_signal_while_data_are_loaded_leaves_the_old_model()
    {
        using var session = new Session().With("model.safetensors", "an old model");
        using var child = new ChildProcess(session.Folder, "mkfifo data.csv && exec \"$nabla\" train data.csv --target species");
        await using var pipe = await OpenedByChild(session.PathOf("data.csv"));
        child.Send("TERM", 2);
        var (exitCode, messages) = await Task.Run(child.End).WaitAsync(Patience);
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Contains("nothing was saved; model.safetensors is unchanged", messages, StringComparison.Ordinal);
        Assert.Equal("an old model", File.ReadAllText(session.PathOf("model.safetensors")));
    }

    [Theory]
    [InlineData("inspect data.csv")]
    [InlineData("evaluate data.csv digits")]
    [InlineData("predict data.csv data.csv")]
    public async Task A_signal_ends_a_command_that_only_reads(string command)
    {
        using var session = new Session();
        using var child = new ChildProcess(session.Folder, $"mkfifo data.csv && exec \"$nabla\" {command}");
        await using var pipe = await OpenedByChild(session.PathOf("data.csv"));
        child.Send("HUP");
        var (exitCode, messages) = await Task.Run(child.End).WaitAsync(Patience);
        Assert.Equal((ExitCode.Interrupted, "error: interrupted\n"), (exitCode, messages));
    }

    [Theory]
    [InlineData("> /dev/full", ExitCode.InputOutputFailed)]
    [InlineData(">&-", ExitCode.InputOutputFailed)]
    [InlineData("2> /dev/full", ExitCode.Done)]
    [InlineData("2>&-", ExitCode.Done)]
    [InlineData(">&- 2>&-", ExitCode.InputOutputFailed)]
    [InlineData("| head -n 1", ExitCode.Done)]
    public void Output_that_cannot_be_written_does_not_stop_a_training_run(string redirection, int expected)
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).RunSilently($"train tiny.npz {Brief} --out undisturbed");
        using var child = new ChildProcess(
            session.Folder, $"{{ \"$nabla\" train tiny.npz {Brief} --out disturbed; echo $? > code; }} {redirection}");
        child.Output.ReadToEnd();
        string messages = child.End().Messages;
        Assert.Equal($"{expected}\n", File.ReadAllText(session.PathOf("code")));
        Assert.Equal(File.ReadAllBytes(session.PathOf("undisturbed")), File.ReadAllBytes(session.PathOf("disturbed")));
        bool isSaid = expected != ExitCode.Done && !redirection.Contains("2>", StringComparison.Ordinal);
        Assert.Equal(isSaid ? 1 : 0, messages.Split("Standard output cannot be written").Length - 1);
    }

    [Fact]
    public void An_error_without_standard_error_has_its_exit_code()
    {
        using var session = new Session();
        using var child = new ChildProcess(session.Folder, "exec \"$nabla\" inspect nothing 2>&-");
        Assert.Equal(ExitCode.InvalidInput, child.End().ExitCode);
    }

    [Fact]
    public void A_full_disk_leaves_the_old_model_unchanged()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).RunSilently("train tiny.npz --layers 8 --epochs 1");
        Directory.CreateDirectory(session.PathOf("disk"));
        using (var mount = OnSmallDisk(session, "true"))
        {
            var (refused, why) = mount.End();
            Assert.SkipUnless(refused == 0, $"This system lets no user mount a disk of their own: {why}");
        }
        // From here on every exit code but the expected one is a failure.
        using var child = OnSmallDisk(session, """
            cp model.safetensors disk/
            "$nabla" train tiny.npz --layers 20000 --epochs 1 --out disk/model.safetensors; code=$?
            cmp model.safetensors disk/model.safetensors && ls -A disk; exit $code
            """);
        string output = child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Snapshot.Matches(Transcript(messages, exitCode, session));
        Assert.EndsWith("/s\nmodel.safetensors\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_grow_leaves_the_old_model_unchanged()
    {
        using var session = new Session().With("tiny.npz", Sample.Npz()).RunSilently("train tiny.npz --layers 8 --epochs 1");
        byte[] old = File.ReadAllBytes(session.PathOf("model.safetensors"));
        // No file may grow beyond 8 KiB; the runtime's own mappings must not count.
        const string Script = "trap '' XFSZ; ulimit -f 16; DOTNET_EnableWriteXorExecute=0 "
            + "exec \"$nabla\" train tiny.npz --layers 2000 --epochs 1";
        using var child = new ChildProcess(session.Folder, Script);
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Snapshot.Matches(Transcript(messages, exitCode, session));
        Assert.Equal(old, File.ReadAllBytes(session.PathOf("model.safetensors")));
        Assert.Equal(["model.safetensors", "tiny.npz"], Directory.GetFiles(session.Folder).Select(Path.GetFileName).Order());
    }

    /// <summary>The other end of a pipe that the program reads. Nobody writes to it: it is a file that takes forever to load.</summary>
    private static Task<FileStream> OpenedByChild(string path) => Task.Run(() =>
    {
        while (!File.Exists(path))
            Thread.Sleep(10);
        return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
    }).WaitAsync(Patience);

    private static void AssertInterrupted(ChildProcess child, Session session)
    {
        child.Output.ReadToEnd();
        var (exitCode, messages) = child.End();
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.EndsWith("Interrupted. Next: nabla resume model.run\n", messages, StringComparison.Ordinal);
        session.Run("evaluate model.safetensors tiny.npz");
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    /// <summary>A script in a folder where <c>disk</c> is a disk of 64 KiB, which only the script's own processes see.</summary>
    private static ChildProcess OnSmallDisk(Session session, string script) =>
        new(session.Folder, $"exec unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none disk || exit\n{script}'");

    private static string Transcript(string messages, int exitCode, Session session) =>
        Normalisation.Apply($"{messages}exit code {exitCode}\n", session.Folder);
}
