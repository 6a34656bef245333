using System.Diagnostics;
using System.Text;

namespace Nabla.Tests.Shared;

/// <summary>Runs explicit tests of this assembly in a process of their own, which an access to a guarded page ends.</summary>
internal static class GuardedProcess
{
    private const string Variable = "NABLA_GUARD_LOG";

    private static readonly FileStream? Log = Environment.GetEnvironmentVariable(Variable) is { } path
        ? new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0)
        : null;

    /// <summary>Notes what is called next. In a process that nobody started for this, it does nothing.</summary>
    public static void Begin(string call)
    {
        if (Log is null)
            return;
        Log.Position = 0;
        Log.Write(Encoding.UTF8.GetBytes(call.PadRight(200)[..200]));
    }

    /// <summary>Runs the explicit tests of a class.</summary>
    /// <returns>The exit code, the last call that was begun, and the output.</returns>
    public static (int ExitCode, string LastCall, string Output) Run(Type cases)
    {
        string log = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                "dotnet", [cases.Assembly.Location, "-noLogo", "-noColor", "-explicit", "only", "-class", cases.FullName!])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            start.Environment[Variable] = log;
            start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd() + error.Result;
            process.WaitForExit();
            return (process.ExitCode, File.ReadAllText(log).Trim(), output);
        }
        finally
        {
            File.Delete(log);
        }
    }

    /// <summary>Runs the explicit tests of a class, all of which must pass.</summary>
    public static void MustPass(Type cases)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Guarded pages are made by Linux's mmap and mprotect.");
        var (exitCode, lastCall, output) = Run(cases);
        Assert.True(exitCode == 0, $"The process ended with {exitCode}. Its last call: {lastCall}.\n{output}");
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
        Assert.NotEqual("", lastCall);
    }
}
