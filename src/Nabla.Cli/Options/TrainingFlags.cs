using System.CommandLine;

namespace Nabla.Cli;

/// <summary>Which engine trains.</summary>
internal enum Engine
{
    /// <summary>All examples of a batch at once, in float: Nabla's own.</summary>
    Vectorized,

    /// <summary>One example after another, in double: Nabla.Reference.</summary>
    PerExample,
}

/// <summary>How to train: from the command line to <see cref="TrainingOptions"/>.</summary>
internal sealed class TrainingFlags
{
    private static readonly Dictionary<string, OptimizerOptions> Optimizers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sgd"] = new SgdOptions(),
        ["adam"] = new AdamOptions(),
    };

    private readonly ModelFlags model = new(
        $"Sizes of the hidden layers, e.g. 128,64, or none; {string.Join(',', Presets.Default.Hidden)} if left out. Inputs and outputs come from the data.",
        "128,64", Presets.Default.BatchSize);

    private readonly ValueOption<string> optimizer = new(
        "--optimizer", "NAME", "sgd or adam; adam if left out.", Choices.Of([.. Optimizers.Keys]), "adam");

    private readonly ValueOption<float> learningRate = new(
        "--learning-rate", "RATE", $"Length of a step; if left out, {new AdamOptions().LearningRate} with adam, {new SgdOptions().LearningRate} with sgd.", Formats.Positive, "0.5");

    private readonly ValueOption<int> epochs = new(
        "--epochs", "N", $"Passes over the training data; {Presets.Default.Epochs} if left out.", Formats.Count);

    private readonly ValueOption<float> l2 = new(
        "--l2", "NUMBER", "Weight decay: l2 / 2 times the sum of squared weights joins the cost; 0 if left out.", Formats.PositiveOrZero);

    private readonly ValueOption<Scaling> scaling = new(
        "--scaling", "NAME", "Of inputs: none, unit (pixels / 255), standardize (all alike), standardize-per-feature; if left out, unit for bytes, standardize-per-feature for numbers.", Choices.Of<Scaling>(), "standardize-per-feature");

    private readonly ValueOption<Initialization> initialization = new(
        "--init", "NAME", $"Initial values: standard-normal, scaled, xavier, he; {OptionNames.Of(Presets.Default.Initialization)} if left out.", Choices.Of<Initialization>(), "he");

    private readonly ValueOption<int> threads = new(
        "--threads", "N", "Threads; 0, or left out: one a processor. Changes the time, never the result.", Formats.CountOrZero, "4");

    private readonly ValueOption<Engine> engine = new(
        "--engine", "NAME", "vectorized (fast) or per-example (readable, in double); if left out, vectorized, but per-example with exercise-1.", Choices.Of<Engine>());

    private readonly Switch shuffle = new("--shuffle", "Give each epoch its own random order; so it is if neither is written, but not in the notebook's presets.");
    private readonly Switch noShuffle = new("--no-shuffle", "Keep the data's order, as the notebook does.");
    private readonly Switch dropLast = new("--drop-last", "Leave out a last batch that is short, as the notebook does.");

    private IEnumerable<Option> All =>
        [.. model.All, optimizer, learningRate, epochs, l2, scaling, initialization, engine, shuffle, noShuffle, dropLast, threads];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>The name of the first of these options that was written; null if none was.</summary>
    public string? FirstGiven(ParseResult parse) => All.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The engine that was asked for; exercise 1 is the one that works example by example.</summary>
    public Engine BindEngine(ParseResult parse) =>
        engine.ValueOr(parse, model.Preset(parse) == "exercise-1" ? Engine.PerExample : Engine.Vectorized);

    /// <summary>The options that were asked for, checked.</summary>
    /// <exception cref="UsageException">They do not go together.</exception>
    public TrainingOptions Bind(ParseResult parse)
    {
        var options = model.Bind(parse);
        options = options with
        {
            Hidden = model.Layers(parse) ?? options.Hidden,
            Optimizer = BindOptimizer(parse, options.Optimizer),
            Epochs = epochs.ValueOr(parse, options.Epochs),
            L2 = l2.ValueOr(parse, options.L2),
            Scaling = scaling.IsGiven(parse) ? parse.GetValue(scaling) : options.Scaling,
            Initialization = initialization.ValueOr(parse, options.Initialization),
            Shuffle = BindShuffle(parse, options.Shuffle),
            DropLastBatch = dropLast.IsGiven(parse) || options.DropLastBatch,
            Threads = threads.ValueOr(parse, options.Threads),
        };
        return Usage.Checked(options);
    }

    private OptimizerOptions BindOptimizer(ParseResult parse, OptimizerOptions preset)
    {
        var chosen = optimizer.IsGiven(parse) ? Optimizers[parse.GetValue(optimizer)!] : preset;
        // The preset's learning rate belongs to the preset's optimizer; another starts from its own.
        if (chosen.GetType() == preset.GetType())
            chosen = preset;
        return chosen with { LearningRate = learningRate.ValueOr(parse, chosen.LearningRate) };
    }

    private bool BindShuffle(ParseResult parse, bool preset) => (shuffle.IsGiven(parse), noShuffle.IsGiven(parse)) switch
    {
        (true, true) => throw new UsageException("--shuffle and --no-shuffle contradict each other", "only one of them can be", "Leave one out."),
        (true, _) => true,
        (_, true) => false,
        _ => preset,
    };
}
