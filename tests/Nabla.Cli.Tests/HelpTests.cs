using System.CommandLine;
using Nabla.Kernels;

namespace Nabla.Cli.Tests;

/// <summary>Help, on the screen and in docs/command-line.md.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Names(CommandLine.Root(Session.Nowhere()))];

    [Theory, MemberData(nameof(Commands))]
    public void Help_is_for_every_command(string command)
    {
        using var session = new Session();
        session.Run($"{command} --help");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains($"nabla {command}".TrimEnd(), session.Output, StringComparison.Ordinal);
        string[] lines = session.Output.Split('\n');
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
        Assert.NotEqual("", lines[^2]);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Every_option_is_in_the_document(string command)
    {
        string[] document = File.ReadAllLines(Path.Combine(Snapshot.Root, "docs", "command-line.md"));
        var section = document.SkipWhile(line => line != $"## nabla {command}".TrimEnd())
            .TakeWhile((line, i) => i == 0 || !line.StartsWith('#'));
        var root = CommandLine.Root(Session.Nowhere());
        // A command may refer to another one instead of repeating its options.
        bool refers = section.Any(line => line.Contains("all options of `nabla train`", StringComparison.Ordinal));
        string[] known = ["--help", "--version", .. refers ? Find(root, "train").Options.Select(option => option.Name) : []];
        var options = Find(root, command).Options.Select(option => option.Name).Except(known);
        Assert.All(options, option => Assert.Contains(section, line => line.Contains($"`{option}", StringComparison.Ordinal)));
        Assert.NotEmpty(section);
    }

    [Fact]
    public void The_version_names_what_was_found_and_chosen()
    {
        using var session = new Session();
        session.Run("--version");
        Assert.Matches(
            $@"^\d+\.\d+\.\d+\S*\nkernels: {KernelChoice.Width.ToString().ToLowerInvariant()}\nthreads: {Environment.ProcessorCount}\n"
            + @"caches:  \d[\d.]* [KM]iB, \d[\d.]* [KM]iB, \d[\d.]* [KM]iB a thread \(\w+\)\nblocks:  depth=\d+,left=\d+,columns=\d+\n$",
            session.Output);
    }

    [Fact]
    public void Defaults_are_those_of_the_library()
    {
        using var session = new Session();
        session.Run("train --help");
        // As if no line had been broken.
        string help = string.Join(' ', session.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var defaults = Presets.Default;
        object[] values =
        [
            defaults.Hidden[0], defaults.Activation.Name, defaults.ResolveFor(classes: true).Loss!.Name, defaults.BatchSize,
            defaults.Epochs, defaults.Initialization.Name,
        ];
        Assert.All(values, value => Assert.Contains($"(default: {value}", help, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(Command command, string above = "") =>
        command.Subcommands.SelectMany(sub => Names(sub, $"{above}{sub.Name} ")).Prepend(above.TrimEnd());

    private static Command Find(Command root, string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(root, (command, word) => command.Subcommands.Single(sub => sub.Name == word));
}
