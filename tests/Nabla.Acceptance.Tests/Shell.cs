using System.Diagnostics;

namespace Nabla.Acceptance.Tests;

/// <summary>Runs commands as a person would type them.</summary>
internal static class Shell
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(15);

    /// <summary>Runs commands that must succeed, and returns their standard output.</summary>
    /// <param name="command">One or more lines for bash.</param>
    /// <param name="folder">Where they run.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    public static async Task<string> Run(string command, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        // A process that waits forever is ended, so that its output is seen and folders are deleted.
        using var limit = new CancellationTokenSource(TimeLimit);
        using var ending = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{command}\n{output}\n{await error}");
        return output;
    }
}
