using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Waits until written bytes are on the disk, and reports when they did not get there.</summary>
/// <remarks>
/// <see cref="FileStream.Flush(bool)"/> drops the error of fsync on Unix, and fsync is where a full or failing disk may first be noticed.
/// So Unix is asked directly; on Windows FlushFileBuffers reports by itself.
/// </remarks>
internal static partial class Durability
{
    private const int Interrupted = 4; // EINTR
    private const int NotSupported = 22; // EINVAL: some file systems flush no folders

    /// <summary>Brings a file's bytes to the disk; buffered ones must have been flushed.</summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    public static void FlushFile(FileStream stream)
    {
        if (OperatingSystem.IsWindows())
            stream.Flush(flushToDisk: true);
        else
            Synchronize(stream.SafeFileHandle, mayBeUnsupported: false);
    }

    /// <summary>
    /// Brings the names in a folder to the disk, so that a rename survives a power cut. On Windows the file system sees to it.
    /// </summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = new SafeFileHandle(OpenDescriptor(folder, flags: 0), ownsHandle: true); // flags: O_RDONLY
        if (!handle.IsInvalid) // a folder that may be written but not read cannot be opened
            Synchronize(handle, mayBeUnsupported: true);
    }

    private static void Synchronize(SafeFileHandle handle, bool mayBeUnsupported)
    {
        while (SynchronizeDescriptor(handle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error == Interrupted)
                continue;
            if (error == NotSupported && mayBeUnsupported)
                return;
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SynchronizeDescriptor(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenDescriptor(string path, int flags);
}
