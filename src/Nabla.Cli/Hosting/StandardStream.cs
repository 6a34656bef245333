using System.Runtime.InteropServices;
using System.Text;

namespace Nabla.Cli;

/// <summary>Standard output and standard error, which the caller may have closed (<c>2>&amp;-</c> in a shell).</summary>
internal static partial class StandardStream
{
    private const int GetDescriptorFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>Standard output; a writer that always fails if it is closed.</summary>
    public static TextWriter Output => IsOpen(1) ? new SystemWriter(Console.Out) : new ClosedWriter("standard output is closed");

    /// <summary>Standard error. Messages that cannot be written are dropped.</summary>
    public static TextWriter Error => IsOpen(2) ? new BestEffortWriter(new SystemWriter(Console.Error)) : TextWriter.Null;

    /// <summary>Whether the caller gave this process the descriptor.</summary>
    /// <remarks>
    /// The runtime may reuse the number of a closed descriptor for an internal pipe, where writing could do anything. Its descriptors are
    /// closed on exec, and those that a process is started with are not.
    /// </remarks>
    private static bool IsOpen(int descriptor) =>
        OperatingSystem.IsWindows()
            || (ControlDescriptor(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlDescriptor(int descriptor, int command);

    private sealed class ClosedWriter(string why) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException(why);
    }
}
