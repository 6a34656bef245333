using System.CommandLine;
using Nabla.Explain;

namespace Nabla.Cli;

/// <summary><c>nabla explain</c>: one example on its way through a network, with all numbers.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly ModelArgument modelFile = new();

    private readonly NamedArgument<string> input = new("INPUT")
    {
        Description = $"{WordList.Or([.. NamedData.All])}, or {WordList.Or(CliFormats.Nouns<IInputFormat>())}.",
        CompletionSources = { Candidate.NamesAndFiles(NamedData.All) },
    };

    private readonly ValueOption<int> row = new(
        "--row", "N", "Which example of the input, counted from 1 (default: 1).", ValueFormats.Count, "7");

    private readonly ValueOption<int> layer = new(
        "--layer", "L", "Print all units of this layer, counted from 0.", ValueFormats.CountOrZero, "1");

    private readonly ValueOption<int> unit = new(
        "--unit", "J", "With --layer, print the inputs and weights of this unit, counted from 0.", ValueFormats.CountOrZero, "3");

    private readonly ValueOption<int> weight = new(
        "--input", "K", "With --unit, the input whose weight is looked at, counted from 0 (default: the one with the largest gradient).",
        ValueFormats.CountOrZero, "12");

    private readonly ValueOption<string> target = new(
        "--target", "T",
        "What the network should predict, a class or values separated by commas: with it, errors and gradients are printed "
        + "(default: that of mnist or digits; otherwise none).",
        ValueFormats.Text("a class or numbers", "7"));

    private readonly ValueOption<float> rate = new(
        "--learning-rate", "RATE", "Size of the step that is shown (default: the learning rate of the training run).",
        ValueFormats.Positive, "0.1");

    private readonly ValueOption<int> member = new(
        "--member", "M", "Which network of an ensemble, counted from 0 (default: 0).", ValueFormats.CountOrZero, "2");

    private readonly TableOptionSet table = new(TableUse.Encode);
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public ExplainCommand(Terminal terminal)
        : base("explain", "Shows one example on its way through a network, step by step, with all numbers.")
    {
        this.terminal = terminal;
        Add(modelFile);
        Add(input);
        Option[] options = [row, layer, unit, weight, target, rate, member];
        foreach (var option in options)
            Add(option);
        table.AddTo(this);
        Add(new ReadLimitOption());
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        if (unit.IsGiven(parse) && !layer.IsGiven(parse))
            throw new UsageException("cannot use --unit", "a unit belongs to a layer", "--layer 1 --unit 3");
        if (weight.IsGiven(parse) && !unit.IsGiven(parse))
            throw new UsageException("cannot use --input", "a weight belongs to a unit", "--layer 1 --unit 3 --input 12");
        var model = NetworkOf(parse, modelFile.Load(parse, terminal));
        var example = ExplainedExample.Read(
            parse.GetValue(input)!, row.ValueOr(parse, 1), target.IsGiven(parse) ? parse.GetValue(target) : null, model,
            table.Bind(parse), terminal);
        CheckPlaces(parse, model.Topology);
        var trace = ExampleTrace.Create(model, example.Inputs, example.Row, example.Target);
        int? layerNumber = layer.IsGiven(parse) ? parse.GetValue(layer) : null;
        var unitTrace = unit.IsGiven(parse) ? trace.Unit(layerNumber!.Value, parse.GetValue(unit)) : null;
        (int? Input, ParameterTrace Trace)? parameter = unitTrace is { Delta: not null }
            ? ParameterOf(parse, trace, unitTrace, rate.ValueOr(parse, model.Options.Optimizer.LearningRate))
            : null;
        if (json.IsGiven(parse))
            ExplanationJson.Write(terminal.Out, example.Name, trace, layerNumber, unitTrace, parameter);
        else
            Print(new ExplanationView(terminal.Out, model, trace), layerNumber, unitTrace, parameter);
        if (example.Target is null)
            terminal.Inform("Without a target there are no errors and gradients: --target says what the network should predict.");
        return ExitCode.Done;
    }

    private (int?, ParameterTrace) ParameterOf(ParseResult parse, ExampleTrace trace, UnitTrace unitTrace, double learningRate)
    {
        int input = weight.IsGiven(parse)
            ? parse.GetValue(weight)
            : Enumerable.Range(0, unitTrace.NablaW.Count).MaxBy(k => Math.Abs(unitTrace.NablaW[k]));
        return (input, trace.Parameter(unitTrace.Layer, unitTrace.Unit, input, learningRate));
    }

    private static void Print(
        ExplanationView view, int? layer, UnitTrace? unit, (int? Input, ParameterTrace Trace)? parameter)
    {
        if (unit is not null)
            view.WriteUnit(unit);
        else if (layer is { } number)
            view.WriteLayer(number);
        else
            view.WriteAll();
        if (parameter is var (input, trace))
            view.WriteParameter(input, trace);
    }

    private Model NetworkOf(ParseResult parse, Model model)
    {
        int number = member.ValueOr(parse, 0);
        if (model.Members.Count == 0)
        {
            return !member.IsGiven(parse) ? model : throw new UsageException(
                "cannot use --member", "the model is a single network, not an ensemble", "Omit --member.");
        }
        Require("--member", number, model.Members.Count, "the ensemble has", "networks");
        if (!member.IsGiven(parse))
            terminal.Inform($"The model averages {model.Members.Count} networks; this is the first (--member).");
        return model.Members[number];
    }

    private void CheckPlaces(ParseResult parse, Topology topology)
    {
        if (!layer.IsGiven(parse))
            return;
        int number = parse.GetValue(layer);
        Require("--layer", number, topology.LayerCount, "the network has", "layers");
        if (unit.IsGiven(parse))
            Require("--unit", parse.GetValue(unit), topology.Outputs(number), $"layer {number} has", "units");
        if (weight.IsGiven(parse))
            Require("--input", parse.GetValue(weight), topology.Inputs(number), $"layer {number} has", "inputs");
    }

    private static void Require(string option, int number, int count, string owner, string what)
    {
        if (number >= count)
        {
            throw new UsageException(
                $"cannot use {option} {number}", $"{owner} {count} {what}, counted from 0", $"{option} {count - 1}, or a smaller number");
        }
    }
}
