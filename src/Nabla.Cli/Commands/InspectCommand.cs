using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla inspect</c>: shows what a file contains.</summary>
internal sealed class InspectCommand : Command
{
    private static readonly string Nouns = WordList.Or(CliFormats.Nouns<IInspectableFormat>());

    private readonly Argument<string> path = new("FILE") { Description = $"{char.ToUpperInvariant(Nouns[0])}{Nouns[1..]}." };
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public InspectCommand(Terminal terminal)
        : base("inspect", "Shows what a file contains: arrays, columns, or a model.")
    {
        this.terminal = terminal;
        Add(path);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var file = NamedFile.From(parse.GetValue(path)!, terminal);
        var format = CliFormats.Find<IInspectableFormat>(file, $"cannot inspect {file.DisplayPath}", $"Use {Nouns}.");
        var findings = format.Inspect(file);
        if (json.IsGiven(parse))
            JsonLine.Write(terminal.Out, findings.WriteJson);
        else
            findings.WriteText(terminal.Out);
        return ExitCode.Done;
    }
}
