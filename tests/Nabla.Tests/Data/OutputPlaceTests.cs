using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Nabla.Tests;

/// <summary>Places where no file can be written: the check and the write say the same, and change nothing.</summary>
[UnsupportedOSPlatform("windows")] // skipped there
public sealed class OutputPlaceTests : IDisposable
{
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;
    private readonly TestFiles files = new();

    public OutputPlaceTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "places of Linux");

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("/dev/full", "it is a device, which a file would replace")]
    [InlineData("/dev/nabla-device", "it is a device, which a file would replace")]
    [InlineData("missing/a", "the folder {folder}/missing does not exist")]
    [InlineData("link", "its symbolic links lead in a circle")]
    [InlineData(".", "it is a folder")]
    [InlineData("..", "it is a folder")]
    [InlineData("none/", "it is a folder")]
    [InlineData("/", "it is a folder")]
    public void A_link_is_judged_by_what_it_leads_to(string target, string why)
    {
        File.CreateSymbolicLink(files["link"], target);
        RequireRefused(files["link"], why.Replace("{folder}", files.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_can_be_too_long() =>
        RequireRefused(files[new string('n', 300)], "too long", isWhole: false);

    [Fact]
    public void A_file_is_no_folder()
    {
        files.Write("file", ""u8);
        RequireRefused(files["file/a"], "file is a file, not a folder");
        RequireRefused(files["file/b/a"], "file is a file, not a folder");
    }

    [Fact]
    public void A_pipe_is_not_replaced()
    {
        Process.Start("mkfifo", files["a"]).WaitForExit();
        RequireRefused(files["a"], "it is a pipe, which a file would replace");
    }

    [Fact]
    public void A_socket_is_not_replaced()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(files["a"]));
        RequireRefused(files["a"], "it is a socket, which a file would replace");
    }

    [Fact]
    public void A_folder_of_links_in_a_circle_cannot_be_used()
    {
        File.CreateSymbolicLink(files["circle"], "circle");
        RequireRefused(files["circle/a"], $"the folder {files["circle"]} cannot be used: Too many levels of symbolic links");
    }

    [Fact]
    public void A_folder_may_have_a_name_that_is_not_UTF_8_and_the_target_of_a_link_may_not()
    {
        const string Script = @"cd ""$0"" && n=$(printf '\377') && mkdir ""$n"" && ln -s ""$n"" folder && ln -s ""$n/b"" link";
        Process.Start("sh", ["-c", Script, files.Folder]).WaitForExit();
        try
        {
            AtomicFile.Write(files["folder/a"], stream => stream.Write("new"u8));
            Assert.Equal("new", File.ReadAllText(files["folder/a"]));
            RequireRefused(files["link"], "the name that its link leads to is not UTF-8");
        }
        finally
        {
            Process.Start("sh", ["-c", @"rm -r ""$0""/*", files.Folder]).WaitForExit(); // which .NET cannot
        }
    }

    [Fact]
    public void A_link_that_cannot_be_read_is_not_replaced()
    {
        // The program of a process that has ended, and whose parent has not asked how.
        using var parent = Process.Start(
            new ProcessStartInfo("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        try
        {
            int child = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(SpinWait.SpinUntil(
                () => File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal), TimeSpan.FromSeconds(30)));
            var error = Assert.Throws<FileOutputException>(() => AtomicFile.Check($"/proc/{child}/exe"));
            Assert.Equal("its symbolic link cannot be read", error.Why);
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public void A_device_is_not_replaced_wherever_it_is()
    {
        using var process = Process.Start(new ProcessStartInfo("mknod", [files["a"], "c", "1", "3"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        Assert.SkipUnless(process.ExitCode == 0, "making a device needs root");
        RequireRefused(files["a"], "it is a device, which a file would replace");
    }

    [Fact]
    public void A_read_only_file_is_not_replaced()
    {
        files.Write("a", "old"u8);
        File.SetUnixFileMode(files["a"], UnixFileMode.UserRead);
        RequireRefused(files["a"], "it is read-only, which chmod u+w changes");
    }

    [Fact]
    public void A_file_that_this_user_may_not_write_is_not_replaced()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "there is only one user");
        files.Write("a", "old"u8);
        File.SetUnixFileMode(files["a"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(files.Folder, All);
        var error = Assert.IsType<FileOutputException>(Unprivileged.Try(() => AtomicFile.Write(files["a"], _ => { })));
        Assert.Equal("there is no permission to write to it", error.Why);
        Assert.Equal("old", File.ReadAllText(files["a"]));
    }

    [Fact]
    public void In_a_sticky_folder_the_file_of_another_user_is_not_replaced()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "there is only one user");
        files.Write("a", "old"u8);
        File.SetUnixFileMode(files["a"], All);
        File.SetUnixFileMode(files.Folder, All | UnixFileMode.StickyBit);
        foreach (Action attempt in new Action[] { () => AtomicFile.Check(files["a"]), () => AtomicFile.Write(files["a"], _ => { }) })
        {
            var error = Assert.IsType<FileOutputException>(Unprivileged.Try(attempt));
            Assert.Equal($"the folder {files.Folder} does not allow to replace this file, which may be another user's", error.Why);
        }
        Assert.Equal("old", File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Theory]
    [InlineData("...")]
    [InlineData(".a")]
    [InlineData("a.")]
    public void A_name_may_have_dots(string name)
    {
        AtomicFile.Write(files[name], stream => stream.Write("new"u8));
        Assert.Equal([files[name]], Directory.GetFileSystemEntries(files.Folder));
    }

    [Theory]
    [InlineData(0b110_110_110)]
    [InlineData(0b110_000_000)]
    [InlineData(0b111_101_101)]
    [InlineData(0b000_010_000)]
    public void The_permissions_of_a_replaced_file_stay(int mode)
    {
        files.Write("a", "old"u8);
        File.SetUnixFileMode(files["a"], (UnixFileMode)mode);
        AtomicFile.Write(files["a"], stream => stream.Write("new"u8));
        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(files["a"]));
        Assert.Equal("new", File.ReadAllText(files["a"]));
    }

    [Fact]
    public void Dots_in_a_link_count_from_where_the_folder_really_is()
    {
        Directory.CreateDirectory(files["x/y"]);
        Directory.CreateDirectory(files["here"]);
        Directory.CreateSymbolicLink(files["here/there"], files["x/y"]);
        File.CreateSymbolicLink(files["x/y/link"], "../a");
        File.CreateSymbolicLink(files["second"], "here/there/../b");
        AtomicFile.Write(files["here/there/link"], stream => stream.Write("new"u8));
        AtomicFile.Write(files["second"], stream => stream.Write("newer"u8));
        Assert.Equal("new", File.ReadAllText(files["x/a"]));
        Assert.Equal("newer", File.ReadAllText(files["x/b"]));
        Assert.NotNull(new FileInfo(files["x/y/link"]).LinkTarget);
        Assert.Equal(["there"], Directory.GetFileSystemEntries(files["here"]).Select(path => Path.GetFileName(path)));
    }

    private void RequireRefused(string path, string why, bool isWhole = true)
    {
        string[] before = Directory.GetFileSystemEntries(files.Folder);
        foreach (Action attempt in new Action[] { () => AtomicFile.Check(path), () => AtomicFile.Write(path, _ => { }) })
        {
            var error = Assert.Throws<FileOutputException>(attempt);
            if (isWhole)
                Assert.Equal(why, error.Why);
            else
                Assert.Contains(why, error.Why, StringComparison.Ordinal);
        }
        Assert.Equal(before, Directory.GetFileSystemEntries(files.Folder));
    }
}
