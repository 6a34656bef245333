using System.Diagnostics;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>A running web service of samples/. Disposing ends the process.</summary>
internal sealed class ServeProcess : IDisposable
{
    private const string Announcement = "Listening on ";

    private readonly Process process;

    private ServeProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Builds a sample into a folder.</summary>
    public static void Build(string name, string folder)
    {
        string sample = Repository.PathOf("samples", $"{name}.cs");
        using var build = Start(["build", sample, "-c", "Release", "-o", folder]);
        var error = build.StandardError.ReadToEndAsync();
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, $"{output}\n{error.Result}");
    }

    /// <summary>Starts the sample that <see cref="Build"/> made, on any free port, and waits until it listens.</summary>
    public static ServeProcess Start(string name, string folder, string model)
    {
        // The built program itself rather than `dotnet run`: one process, which can be ended.
        var process = Start([Path.Combine(folder, $"{name}.dll"), model, "0"]);
        try
        {
            string? line = process.StandardOutput.ReadLine();
            if (line is null || !line.StartsWith(Announcement, StringComparison.Ordinal))
                Assert.Fail($"The server did not start: {line}\n{process.StandardError.ReadToEnd()}");
            return new ServeProcess(process, new Uri(line[Announcement.Length..]));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(process);

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A build node that outlived the build would keep its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return Process.Start(start)!;
    }

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
