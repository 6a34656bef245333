using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Writes files with the system's own calls, and reports each of their errors.</summary>
/// <remarks>
/// On Unix, .NET's streams ignore errors of fsync and close, which may be the first sign of a full or failing disk, and
/// <see cref="File.Move(string, string, bool)"/> copies to another disk, which is not atomic.
/// </remarks>
internal sealed partial class SystemFileOutput : IFileOutput
{
    private const int AccessDenied = 13; // EACCES
    private const int NotPermitted = 1; // EPERM
    private const int LongestWrite = 1 << 30; // some systems write no more at once
    private const int FlushDrive = 51; // F_FULLFSYNC of macOS

    // ENODEV, EINVAL, ENOTTY and ENOTSUP of macOS: the file system has no such operation. Nothing was written, so nothing was lost.
    private static readonly int[] MacLacksIt = [19, 22, 25, 45];

    private SystemFileOutput()
    {
    }

    /// <summary>The only instance.</summary>
    public static SystemFileOutput Instance { get; } = new();

    /// <inheritdoc/>
    public SafeFileHandle Create(string path, UnixFileMode? mode)
    {
        // Sharing reads makes a shared lock: readers of the finished file are not disturbed, and AbandonedFiles cannot take it.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        return new FileStream(path, options).SafeFileHandle; // the stream has no buffer, and does not close the handle
    }

    /// <inheritdoc/>
    public SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.None);

    /// <inheritdoc/>
    public int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, LongestWrite)];
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.Write(file, bytes, offset);
            return bytes.Length;
        }
        nint written = WriteDescriptor(file, bytes, bytes.Length, checked((nint)offset));
        return written >= 0 ? (int)written : throw LastError();
    }

    /// <inheritdoc/>
    public void SetMode(SafeFileHandle file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);
    }

    /// <inheritdoc/>
    public void CreateFolder(string folder) => Directory.CreateDirectory(folder);

    /// <inheritdoc/>
    public SafeFileHandle OpenFolder(string folder)
    {
        var handle = new SafeFileHandle(OpenDescriptor(folder, flags: 0), ownsHandle: true); // flags: O_RDONLY
        return handle.IsInvalid ? throw LastError() : handle;
    }

    /// <inheritdoc/>
    public void Flush(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            RandomAccess.FlushToDisk(file);
        else if (FlushToDisk(file) == -1)
            throw LastError();
    }

    /// <inheritdoc/>
    public void Close(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            file.Dispose();
            return;
        }
        int descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();
        if (CloseDescriptor(descriptor) != 0)
            throw LastError();
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
            File.Move(from, to, overwrite: true);
        else if (RenameFile(from, to) != 0)
            throw LastError();
    }

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    // On macOS, fsync leaves the bytes in the drive's own memory. Some file systems know only fsync.
    private static int FlushToDisk(SafeFileHandle file)
    {
        if (!OperatingSystem.IsMacOS())
            return FlushDescriptor(file);
        int result = ControlDescriptor(file, FlushDrive);
        return result == -1 && MacLacksIt.Contains(Marshal.GetLastPInvokeError()) ? FlushDescriptor(file) : result;
    }

    private static Exception LastError()
    {
        int error = Marshal.GetLastPInvokeError();
        string message = Marshal.GetPInvokeErrorMessage(error);
        return error is AccessDenied or NotPermitted ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint WriteDescriptor(SafeFileHandle descriptor, ReadOnlySpan<byte> bytes, nint count, nint offset);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlushDescriptor(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlDescriptor(SafeFileHandle descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenDescriptor(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameFile(string from, string to);
}
