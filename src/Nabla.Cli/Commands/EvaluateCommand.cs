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
        ValueFormats.Text("a file", "scores.csv"));

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
        var (examples, rows) = heldOut.IsGiven(parse) ? HeldOut(model, loaded) : Examples(model, loaded);
        var report = model.Evaluate(examples);
        using var text = new StringWriter { NewLine = terminal.Out.NewLine };
        if (json.IsGiven(parse))
            EvaluationView.WriteJson(text, report, model.Fingerprint);
        else
            EvaluationView.WriteText(text, report);
        return new Measured(report, examples.Targets.Names, [.. rows.Select(row => row + 1)], loaded.Csv, text.ToString());
    }

    /// <summary>The examples that the training run held out, and their numbers in the data.</summary>
    private static (Dataset Examples, IEnumerable<int> Rows) HeldOut(Model model, LoadedData loaded)
    {
        if (model.Members.Count > 0)
        {
            throw new UsageException(
                "cannot use --held-out", $"the model is an ensemble, an average of {model.Members.Count}: each example was learned by all "
                + "members but one, and the training run has printed the estimate from its folds",
                "Measure on other data, without --held-out.");
        }
        if (ModelNotes.ReadHeldOut(model) is not { } fraction || fraction == ModelNotes.NothingHeldOut)
        {
            throw new UsageException(
                "cannot use --held-out", "the training run of this model held out no examples", "Omit --held-out.");
        }
        if (!WasTrainedOn(model, loaded.Train))
        {
            throw new UsageException(
                "cannot use --held-out", $"the model was trained on other data than {loaded.Request.Name}",
                "Use the file that it was trained on, or omit --held-out to measure on all examples.");
        }
        int[] rows = TrainingData.HeldOutRows(loaded.Train, fraction, model.Options.Seed);
        return (loaded.Train.Select(rows), rows.Select(row => loaded.Rows?[row] ?? row));
    }

    /// <summary>The test examples of the data, or all examples if there are none, and their numbers in the data.</summary>
    private (Dataset Examples, IEnumerable<int> Rows) Examples(Model model, LoadedData loaded)
    {
        if (loaded.Test is { } test)
            return (test, Enumerable.Range(0, test.Count));
        if (model.Notes.TryGetValue(ModelNotes.FoldsOf, out string? folds) && folds == loaded.Train.Fingerprint)
        {
            terminal.Inform(
                "The model was trained on these examples, and predicts them better than new ones. The estimate from its folds, which the "
                + "training run has printed, does not have this fault.");
        }
        else if (WasTrainedOn(model, loaded.Train))
        {
            terminal.Inform(ModelNotes.ReadHeldOut(model) == ModelNotes.NothingHeldOut
                ? "The model was trained on these examples, and predicts them better than new ones."
                : "The model was trained on some of these examples, and predicts them better than new ones. "
                    + "Use --held-out to measure on those that the training run held out.");
        }
        return (loaded.Train, loaded.Rows ?? Enumerable.Range(0, loaded.Train.Count));
    }

    private static bool WasTrainedOn(Model model, Dataset examples) =>
        model.Notes.TryGetValue(ModelNotes.HeldOutOf, out string? fingerprint) && fingerprint == examples.Fingerprint;

    /// <summary>The result of an evaluation.</summary>
    /// <param name="Report">What was measured.</param>
    /// <param name="Names">The names of the model's classes or targets.</param>
    /// <param name="Rows">The row number of each example in the data, from 1.</param>
    /// <param name="Csv">How the data are written.</param>
    /// <param name="Text">What is printed.</param>
    private sealed record Measured(ModelReport Report, IReadOnlyList<string> Names, IReadOnlyList<int> Rows, CsvText Csv, string Text);
}
