using System.Diagnostics;

namespace Nabla.Tests;

public class AbandonedFileTests
{
    private const string Leftover = ".nabla-abandoned.tmp";

    [Fact]
    public void What_a_killed_writer_left_is_removed_by_the_next()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "after some minutes there");
        using var files = new TestFiles();
        files.Write(Leftover, "half"u8);
        files.Write(".nabla-config", "not ours"u8);
        AtomicFile.Write(files["a"], stream => stream.Write("new"u8));
        Assert.Equal(
            [".nabla-config", "a"], Directory.GetFileSystemEntries(files.Folder).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void A_check_removes_it_too_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "after some minutes there");
        using var files = new TestFiles();
        files.Write(Leftover, "half"u8);
        AtomicFile.Check(files["a"]);
        Assert.Empty(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void A_folder_of_checkpoints_is_deleted_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "after some minutes there");
        using var files = new TestFiles();
        Directory.CreateDirectory(files["run"]);
        files.Write($"run/{Leftover}", "half"u8);
        new CheckpointFolder(files["run"]).Delete();
        Assert.Empty(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void The_file_of_a_writer_that_lives_stays()
    {
        using var files = new TestFiles();
        AtomicFile.Write(files["a"], stream =>
        {
            stream.Write("a"u8);
            AtomicFile.Write(files["b"], other => other.Write("b"u8));
            Assert.Equal(2, Directory.GetFileSystemEntries(files.Folder).Length);
        });
        Assert.Equal("a", File.ReadAllText(files["a"]));
    }

    [Fact]
    public void A_pipe_with_such_a_name_does_not_stop_a_writer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems do not tell pipes from files");
        using var files = new TestFiles();
        Process.Start("mkfifo", files[Leftover]).WaitForExit();
        File.CreateSymbolicLink(files[".nabla-link.tmp"], files["precious"]);
        files.Write("precious", "kept"u8);
        AtomicFile.Write(files["a"], stream => stream.Write("new"u8));
        Assert.Equal(4, Directory.GetFileSystemEntries(files.Folder).Length);
        Assert.Equal("kept", File.ReadAllText(files["precious"]));
    }

    [Fact]
    public void Where_files_cannot_be_locked_nothing_is_removed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "locks are switched off in a process of its own, on one system");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(UnlockedFileCases).Assembly.Location, "-noLogo", "-noColor", "-explicit", "only",
                "-class", typeof(UnlockedFileCases).FullName!,
            ]) { RedirectStandardOutput = true };
        start.Environment[UnlockedFileCases.Variable] = "1";
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_does_not_stop_a_writer()
    {
        using var files = new TestFiles();
        var output = new FlawedOutput { OnDelete = () => Assert.Fail("there is nothing to delete") };
        AbandonedFiles.Remove(files["none"], output);
        AbandonedFiles.Remove(files.Folder, output);
    }

    [Fact]
    public void A_leftover_that_cannot_be_deleted_does_not_stop_a_writer()
    {
        using var files = new TestFiles();
        files.Write(Leftover, "half"u8);
        var output = new FlawedOutput { OnDelete = () => throw new IOException("no", 5) };
        AtomicFile.Write(files["a"], stream => stream.Write("new"u8), output);
        Assert.Equal("new", File.ReadAllText(files["a"]));
    }
}
