using System.Runtime.InteropServices;

namespace Nabla.Mpi;

/// <summary>
/// The signal handlers of this process, to be restored after a library was loaded that installs its own. The runtime makes exceptions of
/// SIGSEGV and SIGFPE, suspends threads and waits for child processes by signals; UCX, on which MPICH may be built, takes four of these
/// signals as crashes.
/// </summary>
internal sealed partial class SignalHandlers
{
    private const int Count = 32; // without those for real time, which no library of MPI uses
    private const int Words = 32; // struct sigaction has 152 bytes or less; its first word is the handler

    private readonly nint[]?[] actions = new nint[Count][];

    private SignalHandlers()
    {
    }

    /// <summary>Notes the handlers of all signals.</summary>
    public static SignalHandlers Save()
    {
        var handlers = new SignalHandlers();
        if (OperatingSystem.IsWindows())
            return handlers;
        for (int signal = 1; signal < Count; signal++)
        {
            nint[] action = new nint[Words];
            if (ReadAction(signal, 0, action) == 0)
                handlers.actions[signal] = action;
        }
        return handlers;
    }

    /// <summary>Gives each signal the handler that it had. Those without one keep what they have got.</summary>
    public void Restore()
    {
        for (int signal = 1; signal < Count; signal++)
        {
            if (actions[signal] is { } action && action[0] != 0) // 0 is SIG_DFL
                _ = WriteAction(signal, action, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaction")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadAction(int signal, nint none, [Out] nint[] action);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WriteAction(int signal, nint[] action, nint none);
}
