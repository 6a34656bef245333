using System.CommandLine;
using System.Globalization;

namespace Nabla.Cli;

/// <summary><c>nabla predict</c>: the classes of inputs without labels.</summary>
internal sealed class PredictCommand : Command
{
    private readonly ModelArgument model = new();

    private readonly Argument<string[]> inputs = new("INPUT")
    {
        Description = $"Files with inputs: {WordList.Or(UsableFormats.Nouns<IInputFormat>())}. Each line of output is one example.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public PredictCommand(Terminal terminal)
        : base("predict", "Predicts the class of each input.")
    {
        this.terminal = terminal;
        Add(model);
        Add(inputs);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var classifier = model.Load(parse, terminal);
        // All inputs are read before the first line is printed: a script gets every prediction or none.
        var examples = parse.GetValue(inputs)!.Select(input => PredictionInput.Read(input, classifier, terminal)).ToArray();
        foreach (var (name, features) in examples)
        {
            var predictions = classifier.Predict(features);
            for (int i = 0; i < predictions.Count; i++)
            {
                if (json.IsGiven(parse))
                    WriteJson(classifier, name, i, predictions[i]);
                else
                    WriteText(predictions.Count == 1 ? name : $"{name}[{i}]", predictions[i]);
            }
        }
        return ExitCode.Done;
    }

    private void WriteText(string example, Prediction prediction) =>
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{example}: {prediction.Label} ({prediction.Score:0.0000})"));

    private void WriteJson(Classifier classifier, string input, int index, Prediction prediction) =>
        JsonLine.Write(terminal.Out, line => line
            .Text("input", input)
            .Number("index", index)
            .Text("label", prediction.Label)
            .Number("class", prediction.ClassIndex)
            .Number("probability", prediction.Score)
            .Object("scores", scores =>
            {
                for (int i = 0; i < prediction.Scores.Count; i++)
                    scores.Number(classifier.ClassNames[i], prediction.Scores[i]);
            }));
}
