using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>Runs code as a user for whom the modes of files count, which they do not for root.</summary>
internal static partial class Unprivileged
{
    private const uint Nobody = 65534;
    private const uint Unchanged = uint.MaxValue;

    /// <summary>What the code throws, or null. Where even root cannot become another user, the test is skipped.</summary>
    public static Exception? Try(Action code)
    {
        if (!Environment.IsPrivilegedProcess)
            return Record.Exception(code);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "root may write anywhere");
        // A thread of its own: on Linux each has its own user in the eyes of the file system, and this one ends as it is.
        bool isNobody = false;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(Nobody);
            // It never says that it failed: asking again does.
            isNobody = SetFileSystemUser(Unchanged) == Nobody;
            error = isNobody ? Record.Exception(code) : null;
        });
        thread.Start();
        thread.Join();
        Assert.SkipUnless(isNobody, "root cannot give up its rights here");
        return error;
    }

    /// <summary>Gives the user that was.</summary>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetFileSystemUser(uint user);
}
