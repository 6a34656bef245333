using System.Diagnostics;

namespace Nabla.Mutation;

/// <summary>Runs programs.</summary>
internal static class Processes
{
    /// <summary>What a program writes; it has to succeed.</summary>
    public static string Output(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}:\n{output}");
    }

    /// <summary>Whether a program succeeds within a time; null if it is still running then, and is killed.</summary>
    public static bool? Succeeds(string program, string[] arguments, IReadOnlyDictionary<string, string> environment, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (process.WaitForExit(limit))
            return process.ExitCode == 0;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return null;
    }
}
