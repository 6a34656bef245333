using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla predict</c>: predicts classes or values.</summary>
internal sealed class PredictCommand : Command
{
    private readonly ModelArgument model = new();

    private readonly Argument<string[]> inputs = new("INPUT")
    {
        Description = $"Files with inputs: {WordList.Or(CliFormats.Nouns<IInputFormat>())}. Each line of output is one example.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ValueOption<string> array = new(
        "--inputs", "KEY", "Array of a .npz archive with the inputs (default: the only one, x, x_test or x_train).",
        ValueFormats.Text("the name of an array", "x"));

    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public PredictCommand(Terminal terminal)
        : base("predict", "Predicts the class or the values of each input.")
    {
        this.terminal = terminal;
        Add(model);
        Add(inputs);
        Add(array);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var loaded = model.Load(parse, terminal);
        // All inputs are read before the first line is printed, so that a script gets all predictions or none.
        string? wanted = parse.GetValue(array);
        var examples = parse.GetValue(inputs)!.Select(input => PredictionInput.Read(input, loaded, wanted, terminal)).ToArray();
        foreach (var (name, features) in examples)
        {
            var predictions = Predict(loaded, name, features);
            for (int i = 0; i < predictions.Count; i++)
            {
                var prediction = predictions[i];
                if (json.IsGiven(parse))
                    JsonLine.Write(terminal.Out, line => prediction.AddTo(line.Text("input", name).Number("index", i)));
                else
                    terminal.Out.WriteLine($"{(predictions.Count == 1 ? name : $"{name}[{i}]")}: {prediction.Text}");
            }
        }
        return ExitCode.Done;
    }

    /// <summary>Predicts the examples of a file, and names the file in errors.</summary>
    private static IReadOnlyList<FormattedPrediction> Predict(Model model, string name, FeatureTable features)
    {
        try
        {
            return PredictionView.Predict(model, features);
        }
        catch (InvalidInputException error) when (!error.What.Contains(name, StringComparison.Ordinal))
        {
            throw new InvalidInputException($"{error.What} from {name}", error.Where, error.Why, error.Remedy, error);
        }
    }
}
