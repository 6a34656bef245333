using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla evaluate</c>: measures a saved model.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly ModelArgument modelFile = new();
    private readonly DataOptions data = new(isForTraining: false);
    private readonly Switch heldOut = new("--held-out", "Measure on the examples of these data that the training run held out.");
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Measures a saved model on data whose targets are known.")
    {
        this.terminal = terminal;
        Add(modelFile);
        data.AddTo(this);
        Add(heldOut);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var model = modelFile.Load(parse, terminal);
        var loaded = new DataSource(terminal).Load(data.Bind(parse).For(model), ModelNotes.ReadTable(model));
        var examples = heldOut.IsGiven(parse) ? HeldOut(model, loaded) : Examples(model, loaded);
        var evaluation = model.Evaluate(examples);
        if (json.IsGiven(parse))
        {
            JsonLine.Write(terminal.Out, line =>
            {
                line.Metrics(evaluation);
                if (evaluation is ClassificationReport { Correct: var correct })
                    line.Number("correct", correct);
                line.Number("count", evaluation.Count).Number("loss", evaluation.Loss).Text("fingerprint", model.Fingerprint);
            });
        }
        else
        {
            terminal.Out.WriteLine(evaluation);
        }
        return ExitCode.Done;
    }

    /// <summary>The examples that the training run held out.</summary>
    private static Dataset HeldOut(Model model, LoadedData loaded)
    {
        if (ModelNotes.ReadHeldOut(model) is not { } fraction)
        {
            throw new UsageException(
                "cannot use --held-out", "the training run of this model held out no examples", "Omit --held-out.");
        }
        return WasTrainedOn(model, loaded.Train)
            ? TrainingData.HoldOut(loaded.Train, fraction, model.Options.Seed).HeldOut
            : throw new UsageException(
                "cannot use --held-out", $"the model was trained on other data than {loaded.Request.Name}",
                "Use the file that it was trained on, or omit --held-out to measure on all examples.");
    }

    /// <summary>The test examples of the data, or all examples if there are none.</summary>
    private Dataset Examples(Model model, LoadedData loaded)
    {
        if (loaded.Test is { } test)
            return test;
        if (WasTrainedOn(model, loaded.Train))
        {
            terminal.Inform(
                "The model was trained on some of these examples, and predicts them better than new ones. "
                + "Use --held-out to measure on those that the training run held out.");
        }
        return loaded.Train;
    }

    private static bool WasTrainedOn(Model model, Dataset examples) =>
        model.Notes.TryGetValue(ModelNotes.HeldOutOf, out string? fingerprint) && fingerprint == examples.Fingerprint;
}
