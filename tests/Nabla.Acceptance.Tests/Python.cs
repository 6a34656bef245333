using System.Diagnostics;

namespace Nabla.Acceptance.Tests;

/// <summary>Python with NumPy, which reads model files with code that is independent of this repository.</summary>
internal static class Python
{
    private static readonly string? WithNumPy = Array.Find(["python3", "/usr/bin/python3", "python"], HasNumPy);

    public static void SkipWithoutNumPy() => Assert.SkipWhen(WithNumPy is null, "This machine has no Python with NumPy.");

    public static string Run(params string[] arguments)
    {
        var (exitCode, output) = Start(WithNumPy!, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static bool HasNumPy(string python)
    {
        try
        {
            return Start(python, ["-c", "import numpy"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Start(string python, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
