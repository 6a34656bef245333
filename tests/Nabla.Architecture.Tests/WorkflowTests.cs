using System.Text.RegularExpressions;
using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>The workflow that makes a release calls commands that exist.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Verbs = ["build", "test", "pack", "publish", "nuget"];

    [Fact]
    public void It_builds_tests_packs_publishes_and_releases() => Assert.Equal(
        ["dotnet build", "dotnet test", "dotnet pack", "dotnet publish", "tar -czf", "dotnet nuget", "gh release"],
        ReleaseWorkflow.Commands.Select(command => string.Join(' ', command.Split(' ')[..2])));

    [Fact]
    public void Every_command_of_dotnet_exists_and_so_do_its_projects()
    {
        foreach (string[] words in ReleaseWorkflow.Commands.Select(command => command.Split(' ')).Where(words => words[0] == "dotnet"))
        {
            Assert.Contains(words[1], Verbs);
            foreach (string path in words[2..].Where(word => word.StartsWith("src/", StringComparison.Ordinal)))
                Assert.True(Directory.Exists(Repository.PathOf(path)), $"{string.Join(' ', words)}: {path} does not exist.");
        }
    }

    [Fact]
    public void No_step_runs_several_commands_that_these_tests_do_not_see() =>
        Assert.Equal(ReleaseWorkflow.Commands.Count, RunKey().Count(File.ReadAllText(ReleaseWorkflow.Path)));

    [Fact]
    public void It_tests_with_the_command_of_README() => Assert.Contains("dotnet test", ReleaseWorkflow.Commands);

    [GeneratedRegex(@"\brun:")]
    private static partial Regex RunKey();
}
