using System.Diagnostics;

namespace Nabla.Comparisons;

/// <summary>Runs other programs.</summary>
internal static class Child
{
    // bench/compare sets these for this process.
    private static readonly string[] Ours =
        ["LD_PRELOAD", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "DOTNET_TieredCompilation"];

    /// <summary>How to start a program as a user would: without the variables that bench/compare sets for this process.</summary>
    public static ProcessStartInfo StartInfo(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in Ours)
            start.Environment.Remove(name);
        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, standard output and standard error.</returns>
    public static (int Code, string Out, string Error) Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Path of the program that the shell would run; null if there is none.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
