using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla inspect</c>: what is in a file.</summary>
internal sealed class InspectCommand : Command
{
    private readonly Argument<string> file = new("FILE") { Description = "A model, .npz, .npy, IDX file or folder, .csv or .png." };
    private readonly JsonFlag json;
    private readonly Terminal terminal;

    public InspectCommand(Terminal terminal)
        : base("inspect", "Says what is in a file: arrays, columns, or a model.")
    {
        this.terminal = terminal;
        Add(file);
        json = JsonFlag.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var findings = Inspector.Inspect(terminal.FullPath(parse.GetValue(file)!), terminal);
        if (json.IsGiven(parse))
            JsonLine.Write(terminal.Out, findings.WriteJson);
        else
            findings.WriteText(terminal.Out);
        return ExitCode.Done;
    }
}
