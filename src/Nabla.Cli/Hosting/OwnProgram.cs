using System.Diagnostics;
using System.Reflection;

namespace Nabla.Cli;

/// <summary>Runs this program again, as a process of its own with other environment variables.</summary>
internal static class OwnProgram
{
    /// <summary>The exit code of a process that was killed: on Unix, 128 and the number of SIGKILL.</summary>
    public static int Killed { get; } = OperatingSystem.IsWindows() ? -1 : 128 + 9;

    /// <summary>The program and its first arguments.</summary>
    private static readonly (string File, string[] Arguments) Start = FindStart();

    /// <summary>Runs a command to its end. A signal to this process ends the other one, too.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variables">Environment variables that differ from those of this process; null removes one.</param>
    /// <param name="interruption">Signals to this process.</param>
    /// <param name="killAfter">When to kill it without a warning; null to let it end.</param>
    /// <exception cref="OperationCanceledException">A signal arrived.</exception>
    public static ProgramResult Run(
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> variables, CancellationToken interruption,
        TimeSpan? killAfter = null)
    {
        var start = new ProcessStartInfo(Start.File, [.. Start.Arguments, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        // Unlike that of a timer, the end of a registration waits for a call that has begun: none comes after the process is disposed.
        using var deadline = new CancellationTokenSource(killAfter ?? Timeout.InfiniteTimeSpan);
        using var kill = deadline.Token.Register(process.Kill);
        using var end = interruption.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        interruption.ThrowIfCancellationRequested();
        return new ProgramResult(process.ExitCode, output, error.Result);
    }

    // A tool or a native program is started by itself; an assembly by the host that runs this one, or, in a test, by the one on the path.
    private static (string File, string[] Arguments) FindStart()
    {
        var own = typeof(OwnProgram).Assembly;
        string assembly = Path.Combine(AppContext.BaseDirectory, own.GetName().Name + ".dll");
        if (Assembly.GetEntryAssembly() != own)
            return ("dotnet", [assembly]);
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? (program, [assembly]) : (program, []);
    }
}

/// <summary>How a run of the program ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number if a signal ended it.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);
