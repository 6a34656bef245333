using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla import</c>: saves a network of another program as a model.</summary>
internal sealed class ImportCommand : Command
{
    private const string DefaultModel = "model.safetensors";

    private readonly Argument<string> source = new("FILE")
    {
        Description = $"A network of dense layers, as other programs save it: {ImportFormats.Nouns}.",
    };

    private readonly ValueOption<string> output = new(
        "--out", "FILE", $"Where to save the model (default: {DefaultModel}).", ValueFormats.Text("a file", DefaultModel));

    private readonly ValueOption<string[]> classes = new(
        "--class-names", "NAMES", "The network predicts these classes, in the order of its outputs (default: as the file tells).",
        Names("cat,dog"));

    private readonly ValueOption<string[]> values = new(
        "--value-names", "NAMES", "The network predicts these values, in the order of its outputs (default: as the file tells).",
        Names("price"));

    private readonly ValueOption<KindChoice<Activation>> hidden = new(
        ImportSettings.HiddenOption, "KIND",
        "The activation of hidden layers, which files of weights do not hold: "
        + $"{string.Join(", ", Activation.Elementwise.Names)} (default: {Activation.Relu.Name}).",
        Choices.Among(Activation.Elementwise));

    private readonly Terminal terminal;

    public ImportCommand(Terminal terminal)
        : base("import", "Saves a network of scikit-learn, PyTorch and other programs as a model.")
    {
        this.terminal = terminal;
        Add(source);
        Add(output);
        Add(classes);
        Add(values);
        Add(hidden);
        Add(new ReadLimitOption());
        SetAction(Run);
    }

    private static ValueFormat<string[]> Names(string example) => new("different names, separated by commas", example,
        (string text, out string[] names) =>
        {
            names = text.Split(',', StringSplitOptions.TrimEntries);
            return Array.TrueForAll(names, name => name.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == names.Length;
        });

    private int Run(ParseResult parse)
    {
        if (classes.IsGiven(parse) && values.IsGiven(parse))
        {
            throw new UsageException(
                $"{classes.Name} and {values.Name} contradict each other", "a network predicts classes or values", "Omit one of them.");
        }
        var input = NamedFile.From(parse.GetValue(source)!, terminal);
        var file = OutputFile.Check(output.ValueOr(parse, DefaultModel), ".safetensors", terminal);
        file.RequireOtherThan("the network", input.Name, terminal);
        var settings = new ImportSettings(
            classes.ValueOr(parse, []), values.ValueOr(parse, []), hidden.IsGiven(parse) ? parse.GetValue(hidden)!.Kind : null);
        var format = ImportFormats.Find(input);
        var model = terminal.Interruption.WaitFor(() => format.Read(input, settings));
        terminal.Inform($"{input.DisplayPath} is a {model}");
        foreach (string notice in format.Notices(model))
            terminal.Inform(notice);
        file.Save(model.Save);
        terminal.Out.WriteLine($"Fingerprint: {model.Fingerprint}");
        terminal.Out.WriteLine($"Model: {file.DisplayPath}");
        terminal.Inform($"Next: nabla inspect {ShellWord.Quote(file.DisplayPath)}");
        return ExitCode.Done;
    }
}
