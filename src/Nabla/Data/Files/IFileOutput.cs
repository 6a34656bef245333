using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>The operations of the system with which files are written. Tests replace them, to see what each failure does.</summary>
/// <remarks>
/// Each is one system call. It fails with an <see cref="IOException"/>, whose <see cref="Exception.HResult"/> is the number of the system's
/// error, or with an <see cref="UnauthorizedAccessException"/>. Implementations are safe for concurrent use with different files.
/// </remarks>
public interface IFileOutput
{
    /// <summary>Creates a file and opens it for writing. It is locked as in use until it is closed.</summary>
    /// <param name="path">There must be no such file.</param>
    /// <param name="mode">Its permissions, without those that the process's umask denies; null for the usual ones.</param>
    SafeFileHandle Create(string path, UnixFileMode? mode);

    /// <summary>Opens a file for writing, to add to it. Nobody else can open it for writing until it is closed.</summary>
    /// <param name="path">There must be such a file.</param>
    SafeFileHandle Open(string path);

    /// <summary>Writes bytes.</summary>
    /// <param name="file">A file that <see cref="Create"/> or <see cref="Open"/> opened.</param>
    /// <param name="offset">Where in the file.</param>
    /// <param name="bytes">At least one.</param>
    /// <returns>How many were written, at least one; the caller writes the rest.</returns>
    int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Sets the permissions of a file, whatever the umask. Not called on Windows.</summary>
    /// <param name="file">A file that <see cref="Create"/> opened.</param>
    /// <param name="mode">Its permissions.</param>
    void SetMode(SafeFileHandle file, UnixFileMode mode);

    /// <summary>Creates a folder.</summary>
    /// <param name="folder">Its parent exists; the folder itself may, too.</param>
    void CreateFolder(string folder);

    /// <summary>Opens a folder, so that the names in it can be flushed. Not called on Windows, where they need not be.</summary>
    /// <param name="folder">The folder.</param>
    SafeFileHandle OpenFolder(string folder);

    /// <summary>Waits until a file's bytes, or the names in a folder, are on the disk.</summary>
    /// <param name="file">What <see cref="Create"/>, <see cref="Open"/> or <see cref="OpenFolder"/> opened.</param>
    void Flush(SafeFileHandle file);

    /// <summary>Closes a file or a folder, even if it then reports an error.</summary>
    /// <param name="file">What <see cref="Create"/>, <see cref="Open"/> or <see cref="OpenFolder"/> opened.</param>
    void Close(SafeFileHandle file);

    /// <summary>Renames a file atomically. It fails if the two names are on different disks.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Its new name; a file of this name is replaced.</param>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file.</param>
    void Delete(string path);
}
