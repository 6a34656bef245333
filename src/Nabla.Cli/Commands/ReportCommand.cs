using System.CommandLine;
using Nabla.Report;

namespace Nabla.Cli;

/// <summary><c>nabla report</c>: writes a page about a model that can be read without a network.</summary>
internal sealed class ReportCommand : Command
{
    private readonly ModelArgument modelFile = new();

    private readonly DataOptions data = new(
        TableUse.Encode, "the data that the model was trained on, if they are found; else what the model alone tells");

    private readonly ValueOption<string> output = new(
        "--out", "FILE", $"Where to write the report (default: {ReportFile.DefaultName}).",
        ValueFormats.File("a file", ReportFile.DefaultName));

    private readonly Terminal terminal;

    public ReportCommand(Terminal terminal)
        : base("report", "Writes a report on a model: one HTML file with pictures, for reading offline.")
    {
        this.terminal = terminal;
        Add(modelFile);
        data.AddTo(this);
        Add(output);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var request = data.Bind(parse);
        var file = OutputFile.Check(output.ValueOr(parse, ReportFile.DefaultName), ReportFile.Extension, terminal);
        string path = parse.GetValue(modelFile)!;
        file.RequireOtherThan("the model", path, terminal);
        file.RequireOtherThan("the data", request.Name, terminal);
        // Only computing ends at once on a signal: no file is left half written.
        var findings = terminal.Interruption.WaitFor(() => Compute(parse, request, file));
        ReportFile.Save(file, findings, terminal);
        return ExitCode.Done;
    }

    private ReportFindings Compute(ParseResult parse, DataRequest request, OutputFile file)
    {
        var model = modelFile.Load(parse, terminal);
        var source = new ReportData(terminal);
        string? why = null;
        var found = request.Name is null ? source.Find(model, file, out why) : source.Load(model, request);
        terminal.Inform(found is null
            ? $"Reporting what the model alone tells: {why}."
            : $"Measuring on {found.Measured.Description}.");
        return ReportFile.Compute(model, parse.GetValue(modelFile)!, found, why, terminal);
    }
}
