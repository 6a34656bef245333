namespace Nabla.Cli;

/// <summary>The catalogue of training options. An option is one declaration in it; nothing else lists them.</summary>
/// <remarks>
/// They are applied in the order of the lists: a preset sets everything, a loss brings its own output activation and an optimizer its own
/// learning rate, and later options override what earlier ones have set.
/// </remarks>
internal static class TrainingOptionCatalogue
{
    private static readonly TrainingSettings Default = TrainingSettings.FromPreset("default");

    private static readonly Dictionary<string, Engine> Engines = new(StringComparer.OrdinalIgnoreCase)
    {
        ["vectorized"] = Engine.Vectorized,
        ["per-example"] = Engine.PerExample,
    };

    /// <summary>The options of <c>train</c>.</summary>
    public static TrainingOptionSet ForTraining() => new(
        [
            Preset(options => options),
            Layers(
                $"Sizes of the hidden layers, e.g. 128,64, or none (default: {string.Join(',', Default.Options.Hidden)}). "
                + "Inputs and outputs come from the data.",
                "128,64"),
            .. Model(Default.Options.BatchSize),
            .. Training(),
            .. Augmentation(),
        ],
        Default);

    /// <summary>The options of <c>lr-find</c>: those of <c>train</c> except what it decides itself.</summary>
    public static TrainingOptionSet ForLearningRateFinder() =>
        ForTraining().Except("--learning-rate", "--schedule", "--epochs", "--keep-best", "--patience", "--clip-predictions");

    /// <summary>The options of <c>gradcheck</c>. Its <see cref="TrainingOptions.Hidden"/> are all sizes, from inputs to outputs.</summary>
    /// <param name="sizes">The sizes if none are given.</param>
    /// <param name="batchSize">The examples in the batch if no number is given, whatever the preset.</param>
    public static TrainingOptionSet ForGradientCheck(int[] sizes, int batchSize)
    {
        string defaultSizes = string.Join(',', sizes);
        return new(
            [
                Preset(Adapt),
                Layers(
                    $"Sizes from inputs to outputs (default: {defaultSizes}). Without any option but --seed and --batch-size, "
                    + "small networks of every kind are checked.",
                    defaultSizes),
                .. Model(batchSize),
            ],
            Default.With(Adapt));

        // If the last layer is 0, so are the gradients of the others, which proves nothing.
        TrainingOptions Adapt(TrainingOptions options) => options with
        {
            Hidden = sizes,
            BatchSize = batchSize,
            Initialization = options.Initialization == Initialization.ScaledZeroOutput
                ? Default.Options.Initialization
                : options.Initialization,
        };
    }

    private static TrainingOption<string> Preset(Func<TrainingOptions, TrainingOptions> adapt) => new(
        "--preset", "NAME",
        $"{string.Join(" | ", Presets.All.Keys)} (the last three: the notebook's, corrected or as printed). "
        + "Other options on the command line override it.",
        Choices.Among([.. Presets.All.Keys]),
        (_, name) => TrainingSettings.FromPreset(name.ToLowerInvariant()).With(adapt),
        "exercise-2");

    private static TrainingOption<int[]> Layers(string description, string example) => new(
        "--layers", "SIZES", description, ValueFormats.Sizes, (options, sizes) => options with { Hidden = sizes }, example);

    private static IEnumerable<ITrainingOption> Model(int batchSize) =>
    [
        OfKind(
            "--activation",
            $"Activation of hidden layers: {Names(Activation.Elementwise)} (default: {Default.Options.Activation.Name}). "
            + "Every KIND may be followed by parameters: NAME:parameter=value,parameter=value.",
            Activation.Elementwise, (options, choice) => options with { Activation = choice.Kind }, "relu"),

        new TrainingOption<float>(
            "--dropout", "RATE", "The share of hidden neurons that each step drops, for each example anew (default: 0).",
            ValueFormats.Share, (options, rate) => options with { Dropout = rate }),

        OfKind(
            "--loss",
            $"What training minimizes: {Names(Loss.All)} "
            + $"(default: {Loss.CrossEntropy.Name} for classes, {Loss.Quadratic.Name} for values).",
            Loss.All,
            (options, choice) => options with
            {
                Loss = choice.Kind,
                OutputActivation = choice.Kind == options.Loss ? options.OutputActivation : null,
            },
            "cross-entropy"),

        new TrainingOption<float>(
            "--label-smoothing", "SHARE", "Share of each label that is spread over all classes, with cross-entropy (default: 0).",
            ValueFormats.Share, (options, share) => options with { Loss = Smooth(options.Loss ?? Loss.CrossEntropy, share) }, "0.1"),

        OfKind(
            "--output-activation",
            $"Activation of the outputs (default: {DefaultOutputs()}; identity with quadratic for values).",
            Activation.All, (options, choice) => options with { OutputActivation = choice.Kind }, "softmax"),

        new TrainingOption<int>(
            "--batch-size", "N", $"Examples in a batch (default: {batchSize}).",
            ValueFormats.Count, (options, count) => options with { BatchSize = count }, "100"),

        new TrainingOption<ulong>(
            "--seed", "N", $"Seed of everything random: same seed, same bits (default: {Default.Options.Seed}).",
            ValueFormats.Seed, (options, seed) => options with { Seed = seed }),
    ];

    private static IEnumerable<ITrainingOption> Training() =>
    [
        OfKind(
            "--optimizer", $"Optimizer: {Names(OptimizerOptions.All)} (default: {Default.Options.Optimizer.Name}).", OptimizerOptions.All,
            (options, choice) => options with { Optimizer = choice.ApplyTo(Change(options.Optimizer, choice.Plain)) }, "adam"),

        new TrainingOption<float>(
            "--learning-rate", "RATE",
            $"Step size (default: {string.Join(", ", OptimizerOptions.All.Select(kind => $"{kind.LearningRate} with {kind.Name}"))}).",
            ValueFormats.Positive, (options, rate) => options with { Optimizer = options.Optimizer with { LearningRate = rate } }, "0.5"),

        OfKind(
            "--schedule",
            $"How the learning rate changes: {Names(Schedule.All)} (default: {Default.Options.Schedule.Name}).", Schedule.All,
            (options, choice) => options with { Schedule = choice.Kind }, "cosine:warmup=0.1"),

        new TrainingOption<int>(
            "--epochs", "N", $"Passes over the training data (default: {Default.Options.Epochs}).",
            ValueFormats.Count, (options, count) => options with { Epochs = count }),

        new TrainingOption<int>(
            "--shards", "N",
            "Cut each batch into N shards, which ranks of mpirun share: the bits depend on N, and not on their number (default: 1; with "
            + "mpirun, the number of ranks).",
            ValueFormats.Count, (options, count) => options with { Shards = count }, "8"),

        new TrainingOption<int>(
            "--shuffle-window", "ROWS",
            "Shuffle blocks of ROWS/64 rows, and then the rows of each window of ROWS, so that data on disk are read nearly in sequence "
            + "(default: all rows are shuffled together).",
            ValueFormats.Count, (options, rows) => options with { ShuffleWindow = rows }, "65536"),

        new TrainingOption<ClassWeights>(
            "--class-weights", "WEIGHTS",
            "How much each class counts in training: balanced, so that all count alike, or NAME=weight,NAME=weight (default: each example "
            + "counts 1).",
            ValueFormats.ClassWeights, (options, weights) => options with { ClassWeights = weights }),

        new TrainingSwitch(
            "--clip-predictions", "Limit predictions of values to the range of the training data (default: no limit).",
            options => options with { ClipPredictions = true }),

        new TrainingSwitch(
            "--neural-tangent",
            "Divide the learning rate of each layer's weights by the square root of its inputs; for --init scaled-zero-output.",
            options => options with { NeuralTangent = true }),

        new TrainingOption<float>(
            "--input-factor-rate", "NUMBER",
            "Learn a factor for each input, at this many times the learning rate (default: inputs have no factors).",
            ValueFormats.Positive, (options, rate) => options with { InputFactorRate = rate }, "6"),

        new TrainingSwitch(
            "--keep-best", "Keep the parameters of the epoch with the best validation score (default: those of the last epoch).",
            options => options with { KeepBest = true }),

        new TrainingOption<int>(
            "--patience", "N",
            "End training after N epochs without a better validation score, and keep the best epoch (default: all epochs are trained).",
            ValueFormats.Count, (options, epochs) => options with { Patience = epochs }),

        new TrainingOption<float>(
            "--l2", "NUMBER",
            $"Weight decay: l2 / 2 times the sum of squared weights is added to the cost (default: 0; {UsualL2}).",
            ValueFormats.PositiveOrZero, (options, l2) => options with { Optimizer = options.Optimizer with { WeightDecay = l2 } }),

        new TrainingOption<float>(
            "--clip-norm", "NUMBER", "The largest norm of a gradient: a longer one is shortened to it (default: no limit).",
            ValueFormats.Positive, (options, norm) => options with { ClipNorm = norm }, "1"),

        new TrainingOption<float>(
            "--clip-value", "NUMBER",
            "The largest magnitude of each number of a gradient, limited before its norm (default: no limit).",
            ValueFormats.Positive, (options, value) => options with { ClipValue = value }, "1"),

        OfKind(
            "--scaling",
            $"Scaling of inputs: {Names(Scaling.All)} "
            + $"(default: {Scaling.Unit.Name} for bytes, {Scaling.StandardizePerFeature.Name} for numbers).",
            Scaling.All, (options, choice) => options with { Scaling = choice.Kind }, "standardize-per-feature"),

        OfKind(
            "--init", $"Initial values: {Names(Initialization.All)} (default: {Default.Options.Initialization.Name}).", Initialization.All,
            (options, choice) => options with { Initialization = choice.Kind }, "he"),

        new TrainingOption<string>(
            "--engine", "NAME",
            "vectorized (fast) or per-example (readable, in double precision) (default: vectorized; with exercise-1, per-example).",
            Choices.Among([.. Engines.Keys]), (settings, name) => settings with { Engine = Engines[name] }),

        new TrainingSwitch(
            "--shuffle", "Give each epoch its own random order (default, except in the notebook's presets).",
            options => options with { Shuffle = true }),

        new TrainingSwitch(
            "--no-shuffle", "Keep the data's order, as the notebook does.",
            options => options with { Shuffle = false }, opposite: "--shuffle"),

        new TrainingSwitch(
            "--drop-last", "Leave out a short last batch, as the notebook does.",
            options => options with { DropLastBatch = true }),

        new TrainingOption<int>(
            ThreadsOption.OptionName, "N", ThreadsOption.Usual, ValueFormats.CountOrZero,
            (options, threads) => options with { Threads = threads }, "4"),
    ];

    private static IEnumerable<ITrainingOption> Augmentation() =>
    [
        Distortion(
            "--shift", "PIXELS", "Augmentation of images: the largest random shift to each side (default: 0).", "2",
            (augmentation, limit) => augmentation with { Shift = limit }),
        Distortion(
            "--rotation", "DEGREES", "Augmentation of images: the largest random rotation, up to 180 (default: 0).", "15",
            (augmentation, limit) => augmentation with { Rotation = limit }),
        Distortion(
            "--zoom", "SHARE", "Augmentation of images: the largest random change of width and height, up to 0.9 (default: 0).", "0.1",
            (augmentation, limit) => augmentation with { Zoom = limit }),
        Distortion(
            "--shear", "TANGENT", "Augmentation of images: the largest random shear to the side (default: 0).", "0.1",
            (augmentation, limit) => augmentation with { Shear = limit }),

        new TrainingOption<(float Strength, float Smoothness)>(
            "--elastic", "STRENGTH,SMOOTHNESS",
            "Augmentation of images: random displacements of pixels, times STRENGTH, smoothed over SMOOTHNESS pixels (default: none).",
            ValueFormats.Elastic,
            (options, elastic) => options with
            {
                Augmentation = options.Augmentation with { ElasticStrength = elastic.Strength, ElasticSmoothness = elastic.Smoothness },
            }),
    ];

    private static TrainingOption<float> Distortion(
        string name, string valueName, string description, string example, Func<Augmentation, float, Augmentation> with) => new(
            name, valueName, description, ValueFormats.PositiveOrZero,
            (options, limit) => options with { Augmentation = with(options.Augmentation, limit) }, example);

    private static TrainingOption<KindChoice<T>> OfKind<T>(
        string name, string description, Catalogue<T> kinds, Func<TrainingOptions, KindChoice<T>, TrainingOptions> apply, string example)
        where T : Kind => new(name, "KIND", description, Choices.Among(kinds), apply, example);

    // A preset's learning rate belongs to its optimizer; another optimizer starts from its own. A preset's weight decay stays.
    private static OptimizerOptions Change(OptimizerOptions present, OptimizerOptions chosen) =>
        chosen.Name == present.Name ? present
        : present.WeightDecay == OptimizerOptions.All.Get(present.Name).WeightDecay ? chosen
        : chosen with { WeightDecay = present.WeightDecay };

    private static string UsualL2 =>
        string.Join(", ", OptimizerOptions.All.Where(kind => kind.WeightDecay > 0).Select(kind => $"{kind.WeightDecay} with {kind.Name}"));

    private static string Names<T>(Catalogue<T> kinds)
        where T : Kind => string.Join(", ", kinds.Names);

    private static Loss Smooth(Loss loss, float share) => loss is CrossEntropyLoss crossEntropy
        ? crossEntropy with { LabelSmoothing = share }
        : throw new UsageException(
            $"cannot use --label-smoothing with the loss {loss.Name}", "it belongs to cross-entropy", "--loss cross-entropy");

    private static string DefaultOutputs() => string.Join(
        ", ", Loss.All.GroupBy(loss => loss.OutputActivations[0].Name, loss => loss.Name)
            .Select(losses => $"{losses.Key} with {WordList.Or([.. losses])}"));
}
