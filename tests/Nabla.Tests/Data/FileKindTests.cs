using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Nabla.Tests;

[UnsupportedOSPlatform("windows")] // skipped there
public sealed class FileKindTests : IDisposable
{
    private readonly TestFiles files = new();

    public FileKindTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems tell fewer kinds");

    public void Dispose() => files.Dispose();

    [Fact]
    public void Each_kind_is_told()
    {
        files.Write("file", []);
        File.CreateSymbolicLink(files["link"], files["file"]);
        File.CreateSymbolicLink(files["dangling"], files["none"]);
        Process.Start("mkfifo", files["pipe"]).WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(files["socket"]));
        Assert.Equal(FileKind.Ordinary, FileKinds.Of(files["file"]));
        Assert.Equal(FileKind.Link, FileKinds.Of(files["link"]));
        Assert.Equal(FileKind.Link, FileKinds.Of(files["dangling"]));
        Assert.Equal(FileKind.Pipe, FileKinds.Of(files["pipe"]));
        Assert.Equal(FileKind.Socket, FileKinds.Of(files["socket"]));
        Assert.Equal(FileKind.Folder, FileKinds.Of(files.Folder));
        Assert.Equal(FileKind.Device, FileKinds.Of("/dev/null"));
        Assert.Equal(FileKind.Missing, FileKinds.Of(files["none"]));
        Assert.Equal(FileKind.Missing, FileKinds.Of(files["none/none"]));
    }

    [Fact]
    public void A_disk_is_a_device()
    {
        using var process = Process.Start(new ProcessStartInfo("mknod", [files["a"], "b", "7", "0"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        Assert.SkipUnless(process.ExitCode == 0, "making a device needs root");
        Assert.Equal(FileKind.Device, FileKinds.Of(files["a"]));
    }

    [Fact]
    public void Where_the_system_does_not_answer_the_runtime_does()
    {
        // The runtime ignores a slash at the end; for the system there is no such file.
        files.Write("file", []);
        File.CreateSymbolicLink(files["link"], files["file"]);
        Assert.Equal(FileKind.Ordinary, FileKinds.Of(files["file"] + "/"));
        Assert.Equal(FileKind.Link, FileKinds.Of(files["link"] + "/"));
    }

    [Theory]
    [InlineData(FileAttributes.Normal, (int)FileKind.Ordinary)]
    [InlineData(FileAttributes.ReadOnly | FileAttributes.Hidden, (int)FileKind.Ordinary)]
    [InlineData(FileAttributes.Directory, (int)FileKind.Folder)]
    [InlineData(FileAttributes.Directory | FileAttributes.ReparsePoint, (int)FileKind.Link)]
    [InlineData(FileAttributes.ReparsePoint, (int)FileKind.Link)]
    public void The_runtime_tells_three_kinds(FileAttributes attributes, int kind) =>
        Assert.Equal((FileKind)kind, FileKinds.FromAttributes(attributes));
}
