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
            var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => stream.Write(new byte[200_000])));
            Assert.StartsWith($"Cannot write {path}: No space left on device", error.Message, StringComparison.Ordinal);
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
            "is a folder", Assert.Throws<IOException>(() => AtomicFile.Write(files.Folder, _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")] // skipped there
    public void A_folder_that_must_not_be_written_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        using var files = new TestFiles();
        AtomicFile.Write(files["a"], stream => stream.Write("old"u8));
        File.SetUnixFileMode(files.Folder, ReadOnly);
        try
        {
            var error = Assert.IsType<UnauthorizedAccessException>(
                Unprivileged.Try(() => AtomicFile.Write(files["a"], stream => stream.Write("new"u8))));
            Assert.Equal($"Cannot write {files["a"]}: no permission to write in {files.Folder}.", error.Message);
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
    public void A_device_is_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "devices are no files there");
        Assert.Contains(
            "device", Assert.Throws<IOException>(() => AtomicFile.Write("/dev/null", _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")] // skipped there
    public void The_modes_of_a_replaced_file_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        using var files = new TestFiles();
        files.Write("a", "old"u8);
        File.SetUnixFileMode(files["a"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(files["a"], stream => stream.Write("new"u8));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files["a"]));
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
