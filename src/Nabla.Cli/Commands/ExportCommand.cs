using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla export</c>: writes a model for other programs.</summary>
internal sealed class ExportCommand : Command
{
    private readonly ModelArgument modelFile = new();
    private readonly Terminal terminal;

    private readonly (ExportFormat Format, ValueOption<string> Option)[] kinds =
    [
        .. ExportFormats.All.Select(format => (format, new ValueOption<string>(
            $"--{format.Name}", "FILE", format.Description, ValueFormats.Text("a file", $"model{format.Extension}")))),
    ];

    public ExportCommand(Terminal terminal)
        : base("export", "Writes a model for other programs, which use it without Nabla.")
    {
        this.terminal = terminal;
        Add(modelFile);
        foreach (var (_, option) in kinds)
            Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        // All places are checked before the first file is written.
        var files = Files(parse);
        var model = terminal.Interruption.WaitFor(() => modelFile.Load(parse, terminal));
        foreach (var (format, file) in files)
        {
            file.Save(path => format.Write(model, path));
            terminal.Inform($"Exported {model} to {file.DisplayPath}");
            foreach (string notice in format.Notices(model))
                terminal.Inform(notice);
        }
        return ExitCode.Done;
    }

    private List<(ExportFormat Format, OutputFile File)> Files(ParseResult parse)
    {
        List<(ExportFormat Format, OutputFile File)> files = [];
        foreach (var (format, option) in kinds.Where(kind => kind.Option.IsGiven(parse)))
        {
            string path = parse.GetValue(option)!;
            var file = OutputFile.Check(path, format.Extension, terminal, option.Name);
            file.RequireOtherThan("the model", parse.GetValue(modelFile), terminal);
            foreach (var (other, earlier) in files)
                file.RequireOtherThan($"--{other.Name}", earlier.FullPath, terminal);
            files.Add((format, file));
        }
        return files.Count > 0 ? files : throw new UsageException(
            "nothing to export", "no kind of file is chosen", string.Join(" or ", kinds.Select(kind => kind.Option.Example)));
    }
}
