namespace Nabla.Tests.Shared;

/// <summary>The commands of the workflow that makes a release.</summary>
internal static class ReleaseWorkflow
{
    private const string Run = "- run: ";

    /// <summary>The file.</summary>
    public static string Path { get; } = Repository.PathOf(".github", "workflows", "release.yml");

    /// <summary>All commands, in their order.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. File.ReadLines(Path).Select(line => line.Trim())
            .Where(line => line.StartsWith(Run, StringComparison.Ordinal)).Select(line => line[Run.Length..]),
    ];

    /// <summary>The command that begins with some words.</summary>
    public static string Command(string beginning) =>
        Assert.Single(Commands, command => command.StartsWith(beginning, StringComparison.Ordinal));
}
