using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>A folder outside the repository with an empty package cache, as on a machine that has never seen Nabla.</summary>
internal sealed class FreshFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("nabla-fresh-");

    /// <summary>The folder with the packages; nothing else is known about where Nabla comes from.</summary>
    public string Feed => root.CreateSubdirectory("feed").FullName;

    /// <summary>Where commands run.</summary>
    public string Here => root.CreateSubdirectory("here").FullName;

    /// <summary>Packs the repository with a command, and makes the packages the first source of <see cref="Here"/>.</summary>
    public async Task Pack(string command)
    {
        await Shell.Run(command, Repository.Root);
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
    public Task<string> Run(string command) => Shell.Run(
        command, Here,
        new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = Path.Combine(root.FullName, "cache"),
            ["DOTNET_CLI_HOME"] = Path.Combine(root.FullName, "home"),
            ["NABLA_DATA"] = Path.GetDirectoryName(Repository.SharedOrSkip("data", "mnist.npz"))!,
        });

    public void Dispose() => root.Delete(recursive: true);
}
