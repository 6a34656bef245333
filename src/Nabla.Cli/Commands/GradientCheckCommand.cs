using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla gradcheck</c>: the gradient beside finite differences, for one network or for all that there are.</summary>
internal sealed class GradientCheckCommand : Command
{
    private const int DefaultExamples = 5;
    private const int MostPerBlock = 100;
    private static readonly int[] NotebookSizes = [784, 30, 10];

    private readonly ModelFlags model = new(
        "Sizes from inputs to outputs; 784,30,10 if left out. With no option but --seed and --batch-size, small networks of every kind are checked.", "784,30,10", DefaultExamples);
    private readonly JsonFlag json;
    private readonly Terminal terminal;

    public GradientCheckCommand(Terminal terminal)
        : base("gradcheck", "Compares gradients with finite differences, and the fast engine with the reference.")
    {
        this.terminal = terminal;
        model.AddTo(this);
        json = JsonFlag.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        IGradientView view = json.IsGiven(parse) ? new JsonGradientView(terminal.Out) : model.AreGiven(parse) ? new OneGradientView(terminal.Out) : new MatrixView(terminal.Out);
        var options = Usage.Checked(model.Bind(parse));
        var experiment = new GradientExperiment(
            model.AreGiven(parse) ? options.Initialization : Initialization.Scaled, options.Seed, model.BatchSize(parse) ?? DefaultExamples, MostPerBlock);

        var results = new List<GradientResult>();
        foreach (var gradientCase in model.AreGiven(parse) ? [One(parse, options)] : GradientCase.Matrix())
        {
            terminal.Interrupted.ThrowIfCancellationRequested();
            results.Add(experiment.Run(gradientCase));
            view.Checked(results[^1]);
        }
        bool passed = results.TrueForAll(result => result.Passed);
        view.Done(results);
        return passed ? ExitCode.Done : ExitCode.CheckSaidNo;
    }

    private GradientCase One(ParseResult parse, TrainingOptions options)
    {
        int[] sizes = model.Layers(parse) ?? NotebookSizes;
        if (sizes.Length < 2)
            throw new UsageException($"cannot use --layers {string.Join(',', sizes)}", "a network has at least inputs and outputs", "--layers 784,30,10");
        return new GradientCase(sizes, options.Activation, options.ResolvedOutputActivation, options.Loss);
    }
}
