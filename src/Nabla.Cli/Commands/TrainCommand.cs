using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla train</c>.</summary>
internal sealed class TrainCommand : Command
{
    private const string DefaultModel = "model.safetensors";

    private readonly DataFlags data = new(isOptional: true);
    private readonly TrainingFlags training = new();

    private readonly ValueOption<string> validation = new(
        "--validation", "FRACTION|FILE", "A share of the training data to hold out, or other data, to measure accuracy on after each epoch; if left out, the data's test examples, or 0.2 held out where there are none.",
        Formats.Text("a fraction between 0 and 1, or a file", "0.1"));

    private readonly ValueOption<string> output = new(
        "--out", "FILE", $"Where the model goes; {DefaultModel} if left out.", Formats.Text("a file", DefaultModel));

    private readonly ValueOption<string> resume = new(
        "--resume", "FILE", "Go on with an interrupted training, with the options that are in the file.", Formats.Text("a model file", DefaultModel));

    private readonly JsonFlag json;
    private readonly Terminal terminal;

    public TrainCommand(Terminal terminal)
        : base("train", "Trains a network and saves it.")
    {
        this.terminal = terminal;
        data.AddTo(this);
        training.AddTo(this);
        Add(validation);
        Add(output);
        Add(resume);
        json = JsonFlag.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string? resumed = parse.GetValue(resume);
        // The place of the result is looked at first: it is the cheapest check, and the dearest to fail late.
        var file = OutputFile.Check(parse.GetValue(output) ?? resumed ?? DefaultModel, terminal);
        var plan = resumed is null ? TrainingPlan.New(training.Bind(parse), training.BindEngine(parse)) : Resumed(parse, resumed);
        var request = data.Bind(parse);
        var examples = TrainingData.Load(request, parse.GetValue(validation), plan, terminal);
        return new TrainingRun(plan, examples, file, View(parse, plan.Options.Epochs), terminal).Go();
    }

    private TrainingPlan Resumed(ParseResult parse, string path)
    {
        if (training.FirstGiven(parse) is { } given)
            throw new UsageException($"--resume and {given} contradict each other", "a training goes on with the options that it began with", $"Leave {given} out.");
        return TrainingPlan.Resumed(ModelArgument.Existing(path, terminal));
    }

    private ITrainingView View(ParseResult parse, int epochs)
    {
        if (json.IsGiven(parse))
            return new JsonTrainingView(terminal);
        return terminal.Screen is null ? new PlainTrainingView(terminal) : new LiveTrainingView(terminal, epochs);
    }
}
