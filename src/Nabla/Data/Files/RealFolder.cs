using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Folders as the system sees them.</summary>
internal static partial class RealFolder
{
    private const int NotPermitted = 1, NoEntry = 2, NotAFolder = 20; // EPERM, ENOENT, ENOTDIR

    /// <summary>The folder without symbolic links and dots in its path, which only the system resolves correctly.</summary>
    /// <param name="path">The file to write, for messages.</param>
    /// <param name="folder">The folder; its name may have dots and symbolic links.</param>
    /// <exception cref="FileOutputException">There is no such folder.</exception>
    public static string Find(string path, string folder)
    {
        string real = OperatingSystem.IsWindows() ? folder : Resolve(path, folder);
        return Directory.Exists(real) ? real : throw Missing(path, folder);
    }

    /// <summary>
    /// Whether a rename may replace a file: in a folder such as /tmp, only its owner may. Only the system knows; it is asked by a call
    /// that needs the same rights, and that refuses everything that is not a folder.
    /// </summary>
    /// <param name="file">An existing file.</param>
    public static bool MayReplace(string file)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        _ = RemoveFolder(file);
        return Marshal.GetLastPInvokeError() != NotPermitted;
    }

    private static string Resolve(string path, string folder)
    {
        nint text = RealPath(folder, 0);
        if (text == 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error is NoEntry or NotAFolder
                ? Missing(path, folder)
                : new FileOutputException(path, $"the folder {folder} cannot be used: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        try
        {
            string real = Marshal.PtrToStringUTF8(text)!;
            // A name that is not UTF-8 would be that of another folder.
            return real.Contains('\uFFFD', StringComparison.Ordinal) ? folder : real;
        }
        finally
        {
            Free(text);
        }
    }

    private static FileOutputException Missing(string path, string folder)
    {
        for (string? part = folder; part is not null; part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
                return new FileOutputException(path, $"{Path.GetFileName(part)} is a file, not a folder");
        }
        return FileOutputException.ForMissingFolder(path, folder);
    }

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Free(nint text);

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RemoveFolder(string path);
}
