using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>The files for clusters, and the page about them, have commands of nabla that exist, with options that exist.</summary>
public sealed partial class ClusterFileTests
{
    public static TheoryData<string> Files =>
        ["docs/scaling.md", "samples/cluster/nabla.sbatch", "samples/cluster/run-ssh.sh", "samples/cluster/kubernetes.yaml"];

    [Theory, MemberData(nameof(Files))]
    public void Commands_and_options_exist(string file)
    {
        string text = LineEnd().Replace(File.ReadAllText(Repository.PathOf(file)), "");
        string[] commands = [.. NablaCommand().Matches(text).Select(match => Variable().Replace(match.Groups[1].Value, "1"))];
        Assert.NotEmpty(commands);
        var root = CommandLine.Root(Session.Nowhere());
        Assert.All(commands, command => Assert.Empty(
            root.Parse([.. CommandLineParser.SplitCommandLine(command)]).Errors.Select(error => error.Message)));
    }

    [Fact]
    public void Other_files_that_are_named_exist()
    {
        string folder = Repository.PathOf("samples", "cluster");
        string image = File.ReadAllText(Path.Combine(folder, "Dockerfile"));
        Assert.All(SampleFile().Matches(image), match => Assert.True(File.Exists(Repository.PathOf(match.Value)), match.Value));
        Assert.Contains("--hostfile hosts ", File.ReadAllText(Path.Combine(folder, "run-ssh.sh")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "hosts")));
    }

    // A line that goes on, and quotation marks.
    [GeneratedRegex(@"\\\n|""")]
    private static partial Regex LineEnd();

    // From "nabla train" to the end of the line, without what belongs to Markdown.
    [GeneratedRegex(@"nabla ((?:train|resume|search|verify) [^\n`|]*)")]
    private static partial Regex NablaCommand();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"samples/cluster/[\w.-]+")]
    private static partial Regex SampleFile();
}
