using System.CommandLine;
using System.Globalization;

namespace Nabla.Cli;

/// <summary><c>nabla predict</c>: what a saved model says about inputs without labels.</summary>
internal sealed class PredictCommand : Command
{
    private readonly ModelArgument model = new();

    private readonly Argument<string[]> inputs = new("INPUT")
    {
        Description = "PNG images, .npy, .npz or IDX arrays, or .csv files; each line of output is one example.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly JsonFlag json;
    private readonly Terminal terminal;

    public PredictCommand(Terminal terminal)
        : base("predict", "Says which class each input belongs to.")
    {
        this.terminal = terminal;
        Add(model);
        Add(inputs);
        json = JsonFlag.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var classifier = model.Load(parse, terminal);
        // All inputs are read first: a script gets either every answer or none.
        var examples = parse.GetValue(inputs)!.Select(input => new PredictionInput(input, PredictionInput.Read(input, classifier, terminal))).ToArray();
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

    private void WriteJson(Classifier classifier, string input, int index, Prediction prediction) => JsonLine.Write(terminal.Out, line => line
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
