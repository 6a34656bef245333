using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla completions</c>: prints a script that lets a shell complete the command line.</summary>
internal sealed class CompletionsCommand : Command
{
    /// <summary>The shells, each with the name of its script.</summary>
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = "nabla.bash",
        ["zsh"] = "nabla.zsh",
        ["fish"] = "nabla.fish",
        ["pwsh"] = "nabla.ps1",
    };

    private readonly NamedArgument<string> shell = new("SHELL")
    {
        Description = $"{WordList.Or([.. Scripts.Keys])}. The first lines of each script say how to install it.",
        CompletionSources = { _ => Candidate.Names(Scripts.Keys) },
    };

    private readonly Terminal terminal;

    public CompletionsCommand(Terminal terminal)
        : base("completions", "Prints a script that lets a shell complete commands, options and values.")
    {
        this.terminal = terminal;
        Add(shell);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string name = parse.GetValue(shell)!;
        if (!Scripts.TryGetValue(name, out string? script))
        {
            throw new UsageException(
                $"there are no completions for {name}", $"the shells are {WordList.Or([.. Scripts.Keys])}", "nabla completions bash");
        }
        using var resource = typeof(CompletionsCommand).Assembly.GetManifestResourceStream(script)!;
        using var reader = new StreamReader(resource);
        while (reader.ReadLine() is { } line)
            terminal.Out.WriteLine(line);
        return ExitCode.Done;
    }
}
