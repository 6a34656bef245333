using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Waits until written bytes are on the disk, and reports failures.</summary>
/// <remarks>
/// On Unix, <see cref="FileStream.Flush(bool)"/> ignores errors of fsync, which may be the first sign of a full or failing disk. Nabla
/// therefore calls fsync directly. On Windows, Flush reports errors.
/// </remarks>
internal static partial class Durability
{
    private const int Interrupted = 4; // EINTR
    private const int NotSupported = 22; // EINVAL: some file systems cannot flush folders

    /// <summary>Flushes a file's bytes to the disk. The stream's buffer must already be flushed.</summary>
    /// <exception cref="IOException">The disk reported an error.</exception>
    public static void FlushFile(FileStream stream)
    {
        if (OperatingSystem.IsWindows())
            stream.Flush(flushToDisk: true);
        else
            Synchronize(stream.SafeFileHandle, mayBeUnsupported: false);
    }

    /// <summary>
    /// Flushes the names in a folder to the disk, so that a rename survives a power failure. Not needed on Windows.
    /// </summary>
    /// <exception cref="IOException">The disk reported an error.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = new SafeFileHandle(OpenDescriptor(folder, flags: 0), ownsHandle: true); // flags: O_RDONLY
        if (!handle.IsInvalid) // a folder without read permission cannot be opened
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
