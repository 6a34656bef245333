using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Runs other programs.</summary>
internal static class Child
{
    /// <summary>How to start a program as a user would: without the variables that are set for this process.</summary>
    public static ProcessStartInfo StartInfo(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        LibrarySettings.RemoveFrom(start);
        return start;
    }

    /// <summary>How to start this program once more, with the same variables.</summary>
    public static ProcessStartInfo Self(IEnumerable<string> arguments)
    {
        // Either dotnet with the path of the program's assembly, or the program itself.
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(program, isHost ? arguments.Prepend(typeof(Child).Assembly.Location) : arguments);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program.</param>
    /// <param name="limit">It is killed after this time; null for no limit.</param>
    /// <returns>Its exit code, standard output and standard error.</returns>
    /// <exception cref="InvalidOperationException">It took longer.</exception>
    public static (int Code, string Out, string Error) Run(ProcessStartInfo start, TimeSpan? limit = null)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"it did not end within {limit?.TotalMinutes} minutes");
        }
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Path of the program that the shell would run; null if there is none.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
