using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The recipes of docs/extending.md, applied to a copy of the repository, compile, and their commands succeed.</summary>
[Collection(Collections.Builds)]
public sealed class ExtendingTests
{
    private const string Generate = "tests/accept kinds";

    private static readonly string[] FoldersOfCopy = ["src", "tests", "docs"];

    [Fact]
    public void Every_block_fits_the_code()
    {
        var files = ExtensionGuide.Blocks.Select(block => block.File).OfType<string>().Distinct()
            .Where(file => File.Exists(Repository.PathOf(file)))
            .ToDictionary(file => file, file => File.ReadAllText(Repository.PathOf(file)));
        ExtensionGuide.Apply(files);
    }

    [Fact(Explicit = true)]
    public async Task The_code_compiles_and_the_commands_succeed()
    {
        var copy = Directory.CreateTempSubdirectory("nabla-extended-");
        try
        {
            var files = Sources().ToDictionary(file => file, file => Repository.PathOf(file));
            foreach (var (file, source) in files)
                Copy(source, Path.Combine(copy.FullName, file));
            var texts = ExtensionGuide.Blocks.Select(block => block.File).OfType<string>().Distinct().Where(files.ContainsKey)
                .ToDictionary(file => file, file => File.ReadAllText(files[file]));
            ExtensionGuide.Apply(texts);
            foreach (var (file, text) in texts)
                File.WriteAllText(Path.Combine(copy.FullName, file), text);
            TestContext.Current.TestOutputHelper?.WriteLine(await Shell.Run(string.Join('\n', Script()), copy.FullName));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    /// <summary>The commands of the page. All recipes are in the code, so everything is generated and built once, at the beginning.
    /// </summary>
    private static IEnumerable<string> Script() =>
    [
        "set -e",
        "nabla() { dotnet src/Nabla.Cli/bin/Release/net10.0/Nabla.Cli.dll \"$@\"; }",
        Generate,
        "dotnet build -c Release tests/Nabla.Cli.Tests",
        "dotnet build -c Release tests/Nabla.Reference.Tests",
        "set -x",
        .. ExtensionGuide.Commands.Where(command => command != Generate).Select(
            command => command.StartsWith("dotnet test ", StringComparison.Ordinal) ? $"{command} --no-build" : command),
    ];

    /// <summary>In a worktree, .git is a file that leads to the repository: with it, Git would work there instead of in the copy.</summary>
    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(Repository.Root)
            .Concat(FoldersOfCopy.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(name => name is "bin" or "obj" or ".git"));

    private static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        File.Copy(source, destination);
    }
}
