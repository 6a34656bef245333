using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla gradcheck</c>: compares gradients with finite differences, for one network or for all kinds of network.</summary>
internal sealed class GradientCheckCommand : Command
{
    private const int DefaultExamples = 5;
    private const int MaxPerBlock = 100;

    private readonly TrainingOptionSet model = TrainingOptionCatalogue.ForGradientCheck([784, 30, 10], DefaultExamples);
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public GradientCheckCommand(Terminal terminal)
        : base("gradcheck", "Compares gradients with finite differences, and the fast engine with the reference.")
    {
        this.terminal = terminal;
        model.AddTo(this);
        json = JsonSwitch.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        bool isOne = model.FirstGiven(parse, "--seed", "--batch-size") is not null;
        var options = model.Bind(parse).Options;
        var view = View(parse, isOne);
        var experiment = new GradientCheckRunner(
            isOne ? options.Initialization : Initialization.Scaled, options.Seed, options.BatchSize, MaxPerBlock);

        var results = new List<GradientResult>();
        foreach (var gradientCase in isOne ? [One(options)] : GradientCase.Matrix())
        {
            terminal.Interruption.Token.ThrowIfCancellationRequested();
            results.Add(experiment.Run(gradientCase));
            view.Checked(results[^1]);
        }
        bool passed = results.TrueForAll(result => result.Passed);
        view.Done(results);
        return passed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private IGradientView View(ParseResult parse, bool isOne)
    {
        if (json.IsGiven(parse))
            return new JsonGradientView(terminal.Out);
        return isOne ? new OneGradientView(terminal.Out) : new MatrixView(terminal.Out);
    }

    private static GradientCase One(TrainingOptions options)
    {
        if (options.Hidden.Count < 2)
        {
            throw new UsageException(
                $"cannot use --layers {string.Join(',', options.Hidden)}", "a network needs at least the numbers of inputs and outputs",
                "--layers 784,30,10");
        }
        if (options.Dropout > 0 && options.Hidden.Count == 2)
        {
            throw new UsageException(
                "cannot use --dropout",
                $"a network of the layers {string.Join(',', options.Hidden)} has no hidden layer to drop neurons from",
                "--layers 784,30,10");
        }
        var loss = options.ResolveFor(classes: true).Loss!;
        // Where the loss takes both, classes are drawn, unless there is only one.
        bool usesClasses = loss.TakesClasses && (options.Hidden[^1] > 1 || !loss.TakesValues);
        return new GradientCase(options.Hidden, options.Activation, OutputOf(options, loss), loss)
        {
            Dropout = options.Dropout, UsesClasses = usesClasses,
        };
    }

    /// <summary>The requested output activation, or the first one of the loss that is not constant.</summary>
    private static Activation OutputOf(TrainingOptions options, Loss loss)
    {
        bool isOne = options.Hidden[^1] == 1;
        if (isOne && options.OutputActivation is { IsElementwise: false } constant)
        {
            throw new UsageException(
                $"cannot check {constant.Name} of one output", $"{constant.Name} of one output is always 1, so it has no gradient",
                "--output-activation sigmoid");
        }
        return options.OutputActivation ?? loss.OutputActivations.First(kind => kind.IsElementwise || !isOne);
    }
}
