using System.Diagnostics;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>A folder outside the repository with an empty package cache, as on a machine that has never seen Nabla.</summary>
internal sealed class FreshFolder : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("nabla-fresh-");

    /// <summary>The folder with the packages; nothing else is known about where Nabla comes from.</summary>
    public string Feed => root.CreateSubdirectory("feed").FullName;

    /// <summary>Where commands run.</summary>
    public string Here => root.CreateSubdirectory("here").FullName;

    /// <summary>Packs the repository with a command, and makes the packages the first source of <see cref="Here"/>.</summary>
    public async Task Pack(string command)
    {
        await Run(command, Repository.Root, []);
        File.WriteAllText(
            Path.Combine(Here, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="local" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Runs a command in <see cref="Here"/> and returns its standard output.</summary>
    public Task<string> Run(string command) => Run(
        command, Here,
        new()
        {
            ["NUGET_PACKAGES"] = Path.Combine(root.FullName, "cache"),
            ["DOTNET_CLI_HOME"] = Path.Combine(root.FullName, "home"),
            ["NABLA_DATA"] = Path.GetDirectoryName(Repository.SharedOrSkip("data", "mnist.npz"))!,
        });

    public void Dispose() => root.Delete(recursive: true);

    private static async Task<string> Run(string command, string folder, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeLimit);
        using var ending = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{command}\n{output}\n{await error}");
        return output;
    }
}
