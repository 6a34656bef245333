using System.Diagnostics;
using System.Runtime.Versioning;

namespace Nabla.Tests;

public class AtomicFileTests
{
    private const UnixFileMode ReadOnly =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [Fact]
    public void A_file_is_made_and_replaced_and_nothing_else_is_left()
    {
        using var files = new TestFiles();
        AtomicFile.Write(files["a"], stream => stream.Write("first"u8));
        AtomicFile.Write(files["a"], stream => stream.Write("second"u8));
        Assert.Equal("second", File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_old_file_and_no_other()
    {
        using var files = new TestFiles();
        files.Write("a", "old"u8);
        Assert.Throws<FormatException>(() => AtomicFile.Write(files["a"], stream =>
        {
            stream.Write(new byte[100_000]);
            throw new FormatException();
        }));
        Assert.Equal("old", File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk needs root on Linux");
        using var files = new TestFiles();
        string disk = Directory.CreateDirectory(files["disk"]).FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk), "mounting is not permitted here");
        try
        {
            string path = Path.Combine(disk, "a");
            AtomicFile.Write(path, stream => stream.Write("old"u8));
            var error = Assert.Throws<FileOutputException>(
                () => AtomicFile.Write(path, stream => stream.Write(new byte[200_000])));
            Assert.Equal($"Cannot write {path}: No space left on device.", error.Message);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_and_a_path_that_is_a_folder_are_named()
    {
        using var files = new TestFiles();
        Assert.Contains("does not exist", Assert.ThrowsAny<IOException>(() => AtomicFile.Write(files["no/a"], _ => { })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "is a folder", Assert.Throws<FileOutputException>(() => AtomicFile.Write(files.Folder, _ => { })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")] // skipped there
    public void A_folder_that_must_not_be_written_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        using var files = new TestFiles();
        AtomicFile.Write(files["a"], stream => stream.Write("old"u8));
        File.SetUnixFileMode(files["a"], ReadOnly | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        File.SetUnixFileMode(files.Folder, ReadOnly);
        try
        {
            foreach (Action attempt in (Action[])[() => AtomicFile.Check(files["a"]), () => AtomicFile.Write(files["a"], _ => { })])
            {
                var error = Assert.IsType<FileOutputException>(Unprivileged.Try(attempt));
                Assert.Equal($"Cannot write {files["a"]}: the folder {files.Folder} cannot be written to.", error.Message);
            }
        }
        finally
        {
            File.SetUnixFileMode(files.Folder, ReadOnly | UnixFileMode.UserWrite);
        }
        Assert.Equal("old", File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void A_symbolic_link_is_followed_and_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var files = new TestFiles();
        files.Write("real", "old"u8);
        File.CreateSymbolicLink(files["link"], files["real"]);
        AtomicFile.Write(files["link"], stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(files["real"]));
        Assert.NotNull(new FileInfo(files["link"]).LinkTarget);
    }

    [Fact]
    public void What_is_written_by_seeking_is_what_any_file_would_hold()
    {
        using var files = new TestFiles();
        var random = new System.Random(1);
        var bytes = new byte[300_000];
        random.NextBytes(bytes);
        void Write(Stream stream)
        {
            stream.Write(bytes);
            stream.Position = 70_000;
            stream.Write("middle"u8);
            stream.Seek(-5, SeekOrigin.End);
            stream.Write("the end"u8);
            stream.WriteByte((byte)(stream.Position == stream.Length ? 1 : 0));
        }
        AtomicFile.Write(files["a"], Write);
        using var expected = new MemoryStream();
        Write(expected);
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(files["a"]));
    }

    [Fact]
    public void Many_writers_at_once_disturb_neither_each_other_nor_a_reader()
    {
        using var files = new TestFiles();
        AtomicFile.Write(files["0"], stream => stream.Write("0"u8));
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            string path = files[$"{i % 2}"];
            AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes($"{i % 2}")));
            Assert.Equal("0", File.ReadAllText(files["0"]));
        });
        Assert.Equal(["0", "1"], Directory.GetFileSystemEntries(files.Folder).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void An_error_that_the_writer_swallows_is_still_an_error()
    {
        using var files = new TestFiles();
        files.Write("a", "old"u8);
        var output = new FlawedOutput { OnWrite = () => throw new IOException("broken", 5) };
        var error = Assert.Throws<FileOutputException>(() => AtomicFile.Write(
            files["a"], stream =>
            {
                Assert.Throws<IOException>(() => stream.Write(new byte[100_000]));
                Assert.Throws<IOException>(() => stream.Write(new byte[100_000]));
                output.OnWrite = () => { };
            }, output));
        Assert.Equal("broken", error.Why);
        Assert.False(error.IsReplaced);
        Assert.Equal("old", File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_flushed_is_reported_and_the_new_file_is_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not flushed there");
        using var files = new TestFiles();
        files.Write("a", "old"u8);
        var output = new FlawedOutput { OnOpenFolder = () => throw new IOException("too many open files", 24) };
        var error = Assert.Throws<FileOutputException>(() => AtomicFile.Write(files["a"], stream => stream.Write("new"u8), output));
        Assert.True(error.IsReplaced);
        Assert.Equal(
            $"{files["a"]} was written, but may not survive a power failure: too many open files.", error.Message);
        Assert.Equal("new", File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));

        output.OnOpenFolder = () => throw new UnauthorizedAccessException("may be written and not read");
        AtomicFile.Write(files["a"], stream => stream.Write("newer"u8), output);
        Assert.Equal("newer", File.ReadAllText(files["a"]));
    }

    [Fact]
    public void A_folder_is_created_and_flushed_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not flushed there");
        using var files = new TestFiles();
        int flushed = 0;
        var output = new FlawedOutput { OnOpenFolder = () => flushed++ };
        AtomicFile.CreateFolder(files["run"], output);
        AtomicFile.CreateFolder(files["run"], output);
        Assert.Equal((true, 1), (Directory.Exists(files["run"]), flushed));
        AtomicFile.CreateFolder(files["other"]);
        Assert.True(Directory.Exists(files["other"]));
    }

    [Fact]
    public void A_rename_to_another_disk_is_an_error()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no second disk");
        using var files = new TestFiles();
        string other = $"/dev/shm/nabla-test-{Guid.NewGuid():N}";
        files.Write("a", "new"u8);
        File.WriteAllText(other, "old");
        try
        {
            var error = Assert.Throws<IOException>(() => SystemFileOutput.Instance.Rename(files["a"], other));
            Assert.Equal(18, error.HResult); // EXDEV
            Assert.Equal("old", File.ReadAllText(other));
        }
        finally
        {
            File.Delete(other);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
