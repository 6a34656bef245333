using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla evaluate</c>: measures a saved model.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly ModelArgument modelFile = new();
    private readonly DataOptions data = new(TableUse.Encode);
    private readonly Switch heldOut = new("--held-out", "Measure on the examples of these data that the training run held out.");

    private readonly ValueOption<string> output = new(
        "--out", "FILE", "Also write a CSV file with the target, the prediction and the scores of each example.",
        ValueFormats.File("a file", "scores.csv"));

    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Measures a saved model on data whose targets are known.")
    {
        this.terminal = terminal;
        Add(modelFile);
        data.AddTo(this);
        Add(heldOut);
        Add(output);
        json = JsonSwitch.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var file = output.IsGiven(parse) ? CheckOutput(parse) : null;
        // Only computing ends at once on a signal: no file is left half written.
        var measured = terminal.Interruption.WaitFor(() => Measure(parse));
        if (file is not null)
        {
            file.Save(path => AtomicFile.Write(path, stream => ScoreFile.Write(
                stream, measured.Report, measured.Names, measured.Rows, measured.Csv, terminal.Interruption.Token)));
            terminal.Inform($"Wrote {measured.Rows.Count} examples to {file.DisplayPath}.");
        }
        terminal.Out.Write(measured.Text);
        return ExitCode.Done;
    }

    /// <summary>Checks that the scores can be written, and do not replace what is read.</summary>
    private OutputFile CheckOutput(ParseResult parse)
    {
        var file = OutputFile.Check(parse.GetValue(output)!, ".csv", terminal);
        file.RequireOtherThan("the model", parse.GetValue(modelFile), terminal);
        file.RequireOtherThan("the data", data.Bind(parse).Name, terminal);
        return file;
    }

    private Measured Measure(ParseResult parse)
    {
        var model = modelFile.Load(parse, terminal);
        var loaded = new DataSource(terminal).Load(data.Bind(parse).For(model), ModelNotes.ReadTable(model));
        var (examples, numbers, _) = heldOut.IsGiven(parse)
            ? ExampleChoice.HeldOut(model, loaded)
            : ExampleChoice.Choose(model, loaded, terminal);
        var report = model.Evaluate(examples);
        using var text = new StringWriter { NewLine = terminal.Out.NewLine };
        if (json.IsGiven(parse))
            EvaluationView.WriteJson(text, report, model.Fingerprint);
        else
            EvaluationView.WriteText(text, report);
        return new Measured(report, examples.Targets.Names, numbers, loaded.Csv, text.ToString());
    }

    /// <summary>The result of an evaluation.</summary>
    /// <param name="Report">What was measured.</param>
    /// <param name="Names">The names of the model's classes or targets.</param>
    /// <param name="Rows">The row number of each example in the data, from 1.</param>
    /// <param name="Csv">How the data are written.</param>
    /// <param name="Text">What is printed.</param>
    private sealed record Measured(ModelReport Report, IReadOnlyList<string> Names, IReadOnlyList<int> Rows, CsvText Csv, string Text);
}
