using System.ComponentModel;

namespace Nabla.Cli;

/// <summary>What the base library throws if the system refuses to use a file, a stream or a port.</summary>
internal static class FileError
{
    /// <summary>Whether an exception is such an error.</summary>
    /// <remarks>
    /// A descriptor that is closed or read-only is reported as a lack of permission, a device that cannot be searched as not supported, and
    /// a file that exceeds a limit (ulimit -f, or 4 GB on FAT32) as an argument called value, and errors of consoles and sockets by number.
    /// </remarks>
    public static bool Is(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or Win32Exception || IsTooLarge(error);

    /// <summary>The reason, for messages.</summary>
    public static string Why(Exception error) => IsTooLarge(error) ? "the file would exceed the system's limit" : error.Message;

    private static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value" };
}
