using System.ComponentModel;

namespace Nabla.Cli;

/// <summary>What the base library throws if the system refuses to use a file, a stream or a port.</summary>
internal static class FileError
{
    /// <summary>Whether an exception is such an error.</summary>
    /// <remarks>
    /// A descriptor that is closed or read-only is reported as a lack of permission, errors of consoles and sockets by number.
    /// </remarks>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException or Win32Exception;

    /// <summary>Whether another process has the file open, and locks it.</summary>
    public static bool IsInUse(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, and on macOS and BSD

    /// <summary>
    /// Writes to a stream of the base library, which reports a file that would exceed a limit (ulimit -f, or 4 GB on FAT32) as a wrong
    /// argument.
    /// </summary>
    /// <param name="write">Writes, and uses no code of Nabla, whose wrong arguments are bugs.</param>
    /// <exception cref="IOException">The file would exceed the limit, or another error of the system.</exception>
    public static void OnWriting(Action write)
    {
        try
        {
            write();
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "value")
        {
            throw new IOException("the file would exceed the system's limit", e);
        }
    }
}
