using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla inspect</c>: shows what a file contains.</summary>
internal sealed class InspectCommand : Command
{
    private static readonly string Nouns = WordList.Or(CliFormats.Nouns<IInspectableFormat>());

    private readonly NamedArgument<string> path = new("FILE")
    {
        Description = $"{char.ToUpperInvariant(Nouns[0])}{Nouns[1..]}.",
        CompletionSources = { Candidate.NamesAndFiles([]) },
    };

    private readonly RepeatedOption target = new(
        "--target", "COLUMN", "Column of a table to predict. Repeat the option for several.", "a column's name", "species");

    private readonly TaskOption task = new();
    private readonly TableOptionSet table = new(TableUse.Plan);
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public InspectCommand(Terminal terminal)
        : base("inspect", "Shows what a file contains: arrays, columns, or a model.")
    {
        this.terminal = terminal;
        Add(path);
        Add(target);
        Add(task);
        table.AddTo(this);
        Add(new ReadLimitOption());
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var file = NamedFile.From(parse.GetValue(path)!, terminal);
        var format = CliFormats.Find<IInspectableFormat>(file, $"cannot inspect {file.DisplayPath}", $"Use {Nouns}.");
        var request = new DataRequest(file.Name, null, parse.GetValue(target) ?? [], task.ValueOr(parse, TargetKind.Automatic))
        {
            Table = table.Bind(parse),
        };
        if (format is not ITrainingFormat { TakesTarget: true })
        {
            if (request.Targets.Count > 0)
                throw new UsageException("cannot use --target", $"{file.Name} is not a table", "Omit --target.");
            request.Table.RequireNone(file.Name);
        }
        var findings = format.Inspect(file, request);
        if (json.IsGiven(parse))
            JsonLine.Write(terminal.Out, findings.WriteJson);
        else
            findings.WriteText(terminal.Out);
        return ExitCode.Done;
    }
}
