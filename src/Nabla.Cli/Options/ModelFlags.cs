using System.CommandLine;

namespace Nabla.Cli;

/// <summary>Which network: the options that <c>train</c> and <c>gradcheck</c> share. A preset sets all, and what is written besides it overrides it.</summary>
internal sealed class ModelFlags
{
    private readonly ValueOption<string> preset = new(
        "--preset", "NAME", "default | exercise-1 | exercise-2 | as-printed (the notebook's, mended or as it stands). What is written besides it overrides it.", Choices.Of([.. Presets.All.Keys]), "exercise-2");

    private readonly ValueOption<int[]> layers;

    private readonly ValueOption<Activation> activation = new(
        "--activation", "NAME", $"What hidden layers apply: sigmoid, tanh, relu, identity, sigmoid-as-printed; {OptionNames.Of(Presets.Default.Activation)} if left out.", Choices.Of(Activation.Softmax), "relu");

    private readonly ValueOption<Activation> outputActivation = new(
        "--output-activation", "NAME", "What the output layer applies: softmax or sigmoid with cross-entropy, any but softmax with quadratic; if left out, softmax, or sigmoid with quadratic.", Choices.Of<Activation>(), "softmax");

    private readonly ValueOption<Loss> loss = new(
        "--loss", "NAME", $"What is made small: quadratic or cross-entropy; {OptionNames.Of(Presets.Default.Loss)} if left out.", Choices.Of<Loss>(), "cross-entropy");

    private readonly ValueOption<ulong> seed = new(
        "--seed", "N", $"Decides everything random: same seed, same bits; {Presets.Default.Seed} if left out.", Formats.Seed);

    private readonly ValueOption<int> batchSize;

    /// <param name="layersDescription">What --layers means to this command.</param>
    /// <param name="layersExample">A value for it.</param>
    /// <param name="defaultBatchSize">The examples in a batch where nothing is said.</param>
    public ModelFlags(string layersDescription, string layersExample, int defaultBatchSize)
    {
        layers = new("--layers", "SIZES", layersDescription, Formats.Sizes, layersExample);
        batchSize = new("--batch-size", "N", $"Examples in a batch; {defaultBatchSize} if left out.", Formats.Count, "100");
    }

    /// <summary>The options themselves.</summary>
    public IEnumerable<Option> All => [preset, layers, activation, outputActivation, loss, batchSize, seed];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>The preset's name, if one was written.</summary>
    public string? Preset(ParseResult parse) => parse.GetValue(preset)?.ToLowerInvariant();

    /// <summary>The sizes, if any were written.</summary>
    public int[]? Layers(ParseResult parse) => layers.IsGiven(parse) ? parse.GetValue(layers) : null;

    /// <summary>The number of examples in a batch, if one was written.</summary>
    public int? BatchSize(ParseResult parse) => batchSize.IsGiven(parse) ? parse.GetValue(batchSize) : null;

    /// <summary>Whether any of these options was written, besides the seed and the size of a batch.</summary>
    public bool AreGiven(ParseResult parse) => preset.IsGiven(parse) || layers.IsGiven(parse) || activation.IsGiven(parse)
        || outputActivation.IsGiven(parse) || loss.IsGiven(parse);

    /// <summary>The preset with what was written besides it; --layers are left to the caller.</summary>
    public TrainingOptions Bind(ParseResult parse)
    {
        var options = Presets.All[Preset(parse) ?? "default"];
        Loss chosen = loss.ValueOr(parse, options.Loss);
        return options with
        {
            Activation = activation.ValueOr(parse, options.Activation),
            Loss = chosen,
            // Another loss brings its own output activation, unless one is asked for.
            OutputActivation = outputActivation.IsGiven(parse) ? parse.GetValue(outputActivation) : chosen == options.Loss ? options.OutputActivation : null,
            BatchSize = BatchSize(parse) ?? options.BatchSize,
            Seed = seed.ValueOr(parse, options.Seed),
        };
    }
}
