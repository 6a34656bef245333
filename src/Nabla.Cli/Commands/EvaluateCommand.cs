using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla evaluate</c>: accuracy and loss of a saved model.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly ModelArgument model = new();
    private readonly DataOptions data = new(isOptional: false);
    private readonly Switch heldOut = new("--held-out", "Measure on the examples that the training run held out from these data.");
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Measures a saved model on labelled data.")
    {
        this.terminal = terminal;
        Add(model);
        data.AddTo(this);
        Add(heldOut);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var classifier = model.Load(parse, terminal);
        var loaded = new DataSource(terminal).Load(data.Bind(parse), ModelNotes.ReadTable(classifier));
        var examples = heldOut.IsGiven(parse) ? HeldOut(classifier, loaded) : loaded.Test ?? loaded.Train;
        var evaluation = classifier.Evaluate(examples);
        if (json.IsGiven(parse))
        {
            JsonLine.Write(terminal.Out, line => line
                .Metrics(evaluation)
                .Number("correct", evaluation.Correct)
                .Number("count", evaluation.Count)
                .Number("loss", evaluation.Loss)
                .Text("fingerprint", classifier.Fingerprint));
        }
        else
        {
            terminal.Out.WriteLine(evaluation);
        }
        return ExitCode.Done;
    }

    private static Dataset HeldOut(Classifier classifier, LoadedData loaded) =>
        classifier.Notes.TryGetValue(ModelNotes.HeldOut, out string? fraction)
            ? TrainingData.HoldOut(loaded.Train, fraction, classifier.Options.Seed).HeldOut
            : throw new UsageException(
                "cannot use --held-out", "the training run of this model held nothing out", "Leave --held-out out.");
}
