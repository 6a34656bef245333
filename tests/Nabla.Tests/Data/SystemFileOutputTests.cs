using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Nabla.Tests;

/// <summary>The errors of the system's calls, which .NET's streams leave out in part.</summary>
[UnsupportedOSPlatform("windows")] // skipped there
public sealed class SystemFileOutputTests : IDisposable
{
    private const int NoEntry = 2, BadDescriptor = 9, Invalid = 22; // ENOENT, EBADF, EINVAL
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;
    private static readonly SystemFileOutput Output = SystemFileOutput.Instance;
    private readonly TestFiles files = new();

    public SystemFileOutputTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "numbers of Linux's errors");

    public void Dispose() => files.Dispose();

    // No process has so many files open.
    private static SafeFileHandle Closed => new(int.MaxValue - 1, ownsHandle: false);

    [Fact]
    public void A_descriptor_that_is_not_open_is_an_error_of_each_call()
    {
        Assert.Equal(BadDescriptor, Assert.Throws<IOException>(() => Output.Write(Closed, 0, "a"u8)).HResult);
        Assert.Equal(BadDescriptor, Assert.Throws<IOException>(() => Output.Flush(Closed)).HResult);
        var error = Assert.Throws<IOException>(() => Output.Close(Closed));
        Assert.Equal((BadDescriptor, "Bad file descriptor"), (error.HResult, error.Message));
    }

    [Fact]
    public void What_has_no_disk_cannot_be_flushed()
    {
        using var handle = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        Assert.Equal(Invalid, Assert.Throws<IOException>(() => Output.Flush(handle)).HResult);
    }

    [Fact]
    public void A_folder_that_is_missing_or_closed_to_this_user_is_not_opened()
    {
        Assert.Equal(NoEntry, Assert.Throws<IOException>(() => Output.OpenFolder(files["none"])).HResult);
        File.SetUnixFileMode(files.Folder, UnixFileMode.None);
        var error = Unprivileged.Try(() => Output.OpenFolder(files.Folder));
        File.SetUnixFileMode(files.Folder, All);
        Assert.Equal("Permission denied", Assert.IsType<UnauthorizedAccessException>(error).Message);
    }

    [Fact]
    public void A_file_of_another_user_in_a_sticky_folder_is_not_renamed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "there is only one user");
        files.Write("a", "old"u8);
        File.SetUnixFileMode(files.Folder, All | UnixFileMode.StickyBit);
        var error = Unprivileged.Try(() => Output.Rename(files["a"], files["b"]));
        Assert.Equal("Operation not permitted", Assert.IsType<UnauthorizedAccessException>(error).Message);
        Assert.Equal(NoEntry, Assert.Throws<IOException>(() => Output.Rename(files["none"], files["b"])).HResult);
        Assert.Equal("old", File.ReadAllText(files["a"]));
    }

    [Fact]
    public void A_file_is_created_with_its_mode_and_closed_with_its_handle()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var handle = Output.Create(files["a"], Mode);
        Assert.Equal(2, Output.Write(handle, 1, "bc"u8));
        Assert.Equal(Mode, File.GetUnixFileMode(files["a"]));
        Output.SetMode(handle, All);
        Assert.Equal(All, File.GetUnixFileMode(files["a"]));
        Output.Flush(handle);
        Output.Close(handle);
        Assert.True(handle.IsClosed);
        Assert.Equal("\0bc"u8, File.ReadAllBytes(files["a"]));
        Assert.ThrowsAny<IOException>(() => Output.Create(files["a"], null));
        Output.Delete(files["a"]);
        Assert.False(File.Exists(files["a"]));
    }
}
