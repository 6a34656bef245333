using System.Diagnostics;

namespace Nabla.Cli.Tests;

/// <summary>The real program in a process of its own, for tests of signals and limits.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    /// <param name="folder">Where it starts.</param>
    /// <param name="shell">A shell script; <c>$nabla</c> is the program.</param>
    public ChildProcess(string folder, string shell)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", shell])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["nabla"] = Path.Combine(AppContext.BaseDirectory, "Nabla.Cli");
        process = Process.Start(start)!;
    }

    /// <summary>Sends signals to the process, a hundredth of a second apart.</summary>
    /// <param name="signal">Its name: <c>TERM</c>.</param>
    /// <param name="count">How often; those that come after its end are lost.</param>
    public void Send(string signal, int count = 1)
    {
        string once = $"kill -{signal} {process.Id} 2> /dev/null; sleep 0.01; ";
        Process.Start("/bin/sh", ["-c", string.Concat(Enumerable.Repeat(once, count)) + "true"]).WaitForExit();
    }

    public StreamReader Output => process.StandardOutput;

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code and what was written to standard error.</returns>
    public (int ExitCode, string Messages) End()
    {
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, messages);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
