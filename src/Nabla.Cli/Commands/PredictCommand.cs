using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla predict</c>: predicts classes or values.</summary>
internal sealed class PredictCommand : Command
{
    private readonly ModelArgument model = new();

    private readonly NamedArgument<string[]> inputs = new("INPUT")
    {
        Description = $"Files with inputs: {WordList.Or(CliFormats.Nouns<IInputFormat>())}. Each line of output is one example. "
            + $"{StandardInput.Name} reads standard input.",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Candidate.NamesAndFiles([]) },
    };

    private readonly ValueOption<string> output = new(
        "--out", "FILE", "Write a CSV file with the columns of the input, the prediction and the probabilities, instead of lines.",
        ValueFormats.File("a file", "predictions.csv"));

    private readonly ValueOption<string> kept = new(
        "--keep", "NAMES", "With --out, the columns of the input to write, separated by commas (default: all).",
        ValueFormats.Text("columns", "id,name"));

    private readonly TableOptionSet table = new(TableUse.Encode);
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
        Add(output);
        Add(kept);
        Add(array);
        table.AddTo(this);
        Add(new ReadLimitOption());
        json = JsonSwitch.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        if (kept.IsGiven(parse) && !output.IsGiven(parse))
            throw new UsageException("cannot use --keep", "without --out, no columns are written", "--out predictions.csv");
        if (json.IsGiven(parse) && output.IsGiven(parse))
        {
            throw new UsageException(
                "--json and --out contradict each other", "--out writes a CSV file instead of lines", "Omit one of them.");
        }
        var file = output.IsGiven(parse) ? CheckOutput(parse) : null;
        using var standardInput = parse.GetValue(inputs)!.Contains(StandardInput.Name) ? new StandardInput() : null;
        terminal.Interruption.WaitFor(() => standardInput?.Read(terminal));
        var loaded = terminal.Interruption.WaitFor(() => model.Load(parse, terminal));
        // All inputs are read before the first line is printed, so that a script gets all predictions or none.
        var examples = terminal.Interruption.WaitFor(() => Read(parse, loaded, standardInput));
        if (file is null)
            return terminal.Interruption.WaitFor(() => Print(parse, loaded, examples));
        int count = 0;
        string[]? columns = kept.IsGiven(parse) ? parse.GetValue(kept)!.Split(',', StringSplitOptions.TrimEntries) : null;
        file.Save(path => AtomicFile.Write(
            path, stream => count = PredictionFile.Write(stream, loaded, examples, columns, terminal.Interruption.Token)));
        terminal.Inform($"Wrote {count} {(count == 1 ? "prediction" : "predictions")} to {file.DisplayPath}.");
        return ExitCode.Done;
    }

    private PredictionInput[] Read(ParseResult parse, Model loaded, StandardInput? standardInput)
    {
        var settings = table.Bind(parse);
        return [.. parse.GetValue(inputs)!.Select(input => PredictionInput.Read(
            input == StandardInput.Name ? standardInput!.AsFile : NamedFile.From(input, terminal), loaded, settings,
            parse.GetValue(array), terminal))];
    }

    private int Print(ParseResult parse, Model loaded, PredictionInput[] examples)
    {
        foreach (var example in examples)
        {
            string name = example.Name;
            var predictions = example.Predict(loaded);
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

    /// <summary>Checks that the predictions can be written, and do not replace what is read.</summary>
    private OutputFile CheckOutput(ParseResult parse)
    {
        var file = OutputFile.Check(parse.GetValue(output)!, ".csv", terminal);
        file.RequireOtherThan("the model", parse.GetValue(model), terminal);
        foreach (string input in parse.GetValue(inputs)!.Where(input => input != StandardInput.Name))
            file.RequireOtherThan("an input", input, terminal);
        return file;
    }
}
