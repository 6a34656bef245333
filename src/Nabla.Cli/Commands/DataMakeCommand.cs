using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla data make</c>: draws the built-in digits into a file.</summary>
internal sealed class DataMakeCommand : Command
{
    private const int Most = 1_000_000;
    private const string DefaultFile = "digits.npz";

    private static readonly ValueFormat<int> Drawn = new($"a whole number from 1 to {Most}", "1000",
        (string text, out int value) => ValueFormats.Count.Read(text, out value) && value <= Most);

    private readonly NamedArgument<string> name = new("NAME")
    {
        Description = $"{NamedData.Digits}, the only data set that nabla can make.",
        CompletionSources = { NamedData.Digits },
    };

    private readonly ValueOption<int> train = new("--train", "N", "Training examples (default: 60000).", Drawn, "60000");
    private readonly ValueOption<int> test = new("--test", "N", "Test examples (default: 10000).", Drawn, "10000");
    private readonly ValueOption<ulong> seed = new("--seed", "N", "Seed of the images (default: 1).", ValueFormats.Seed);
    private readonly ValueOption<string> output = new(
        "--out", "FILE", $"Where to save the images (default: {DefaultFile}).", ValueFormats.File("a file", DefaultFile));
    private readonly Terminal terminal;

    public DataMakeCommand(Terminal terminal)
        : base("make", "Draws the built-in digits into a .npz file.")
    {
        this.terminal = terminal;
        Add(name);
        Add(train);
        Add(test);
        Add(seed);
        Add(output);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string wanted = parse.GetValue(name)!;
        if (wanted != NamedData.Digits)
        {
            throw new UsageException(
                $"cannot make {wanted}", $"{NamedData.Digits} is the only data set that nabla can make",
                $"nabla data make {NamedData.Digits}");
        }
        var file = OutputFile.Check(parse.GetValue(output) ?? DefaultFile, ".npz", terminal);
        var (drawn, measured) = terminal.Interruption.WaitFor(
            () => Digits.Load(train.ValueOr(parse, 60_000), test.ValueOr(parse, 10_000), seed.ValueOr(parse, 1)));
        file.Save(path => NpzWriter.Write(path,
            [("x_train", Pixels(drawn)), ("y_train", Labels(drawn)), ("x_test", Pixels(measured)), ("y_test", Labels(measured))]));
        terminal.Out.WriteLine(file.DisplayPath);
        terminal.Inform($"Drew {drawn.Count} + {measured.Count} digits. Next: nabla train {ShellWord.Quote(file.DisplayPath)}");
        return ExitCode.Done;
    }

    private static NumericArray Pixels(Dataset data) => NumericArray.Create(data.Inputs.Bytes, [data.Count, .. data.InputShape]);

    private static NumericArray Labels(Dataset data)
    {
        var labels = new byte[data.Count];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = (byte)data.Classes.Labels[i];
        return NumericArray.Create<byte>(labels, data.Count);
    }
}
