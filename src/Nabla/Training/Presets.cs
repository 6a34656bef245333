namespace Nabla;

/// <summary>
/// Named training options: the default, those for images of digits such as MNIST's, those for tables, and those of the notebook. Safe for
/// concurrent use.
/// </summary>
public static class Presets
{
    // Declared first: initializers run in this order.
    private static readonly CrossEntropyLoss SmoothedCrossEntropy = new() { LabelSmoothing = 0.1f };

    // Squares are averaged over fewer steps than usual, because a run has few.
    private static readonly AdamOptions QuickAdam = new() { Beta2 = 0.99f };

    private static readonly AdamOptions TableAdam = new() { Beta2 = 0.95f };

    // What classes and values have in common.
    private static readonly TrainingOptions OfTables = new()
    {
        Hidden = [256, 256, 256],
        Initialization = Initialization.ScaledZeroOutput,
        NeuralTangent = true,
        InputFactorRate = 6,
        LearningRateFactors = new Dictionary<string, float> { ["*.bias"] = 0.1f },
        Schedule = Schedule.CosLog4,
        BatchSize = 256,
        Epochs = 256,
        KeepBest = true,
        Scaling = Scaling.RobustPerFeature,
    };

    /// <summary>A network and settings that reach 98 % on MNIST in under a minute.</summary>
    public static TrainingOptions Default { get; } = new();

    /// <summary>Reaches 98 % on MNIST in about a second: a small network, three epochs of a one-cycle schedule.</summary>
    public static TrainingOptions Fast { get; } = new()
    {
        Hidden = [160],
        Loss = SmoothedCrossEntropy,
        Optimizer = QuickAdam with { LearningRate = 0.007f },
        Schedule = new OneCycleSchedule(),
        Epochs = 3,
    };

    /// <summary>Reaches 99 % on MNIST in about half a minute: a wider network, 20 epochs, and augmentation.</summary>
    public static TrainingOptions Accurate { get; } = new()
    {
        Hidden = [512],
        Loss = SmoothedCrossEntropy,
        Optimizer = QuickAdam with { LearningRate = 0.005f },
        Schedule = new OneCycleSchedule(),
        Epochs = 20,
        Augmentation = new Augmentation { Shift = 1, Rotation = 10, Zoom = 0.1f, ElasticStrength = 34, ElasticSmoothness = 5 },
    };

    /// <summary>
    /// The largest network of Ciresan, Meier, Gambardella and Schmidhuber, "Deep, Big, Simple Neural Nets for Handwritten Digit
    /// Recognition" (2010), which reached 99.65 % on MNIST. Trains for about an hour and a half on two cores.
    /// </summary>
    public static TrainingOptions Record { get; } = new()
    {
        Hidden = [2500, 2000, 1500, 1000, 500],
        Loss = SmoothedCrossEntropy,
        Optimizer = new AdamWOptions { Beta2 = 0.99f, LearningRate = 0.0006f },
        Schedule = new OneCycleSchedule(),
        BatchSize = 256,
        Epochs = 150,
        Augmentation = new Augmentation
        {
            Shift = 1,
            Rotation = 12,
            Zoom = 0.15f,
            Shear = 0.1f,
            ElasticStrength = 36,
            ElasticSmoothness = 6,
        },
    };

    /// <summary>
    /// For tables whose targets are classes: RealMLP-TD-S of Holzmüller, Grinsztajn and Steinwart, "Better by default: strong pre-tuned
    /// MLPs and boosted trees on tabular data" (2024). Needs validation data, because the best epoch is kept.
    /// </summary>
    public static TrainingOptions TableClassification { get; } = OfTables with
    {
        Activation = Activation.Selu,
        Loss = SmoothedCrossEntropy,
        Optimizer = TableAdam with { LearningRate = 0.04f },
    };

    /// <summary>
    /// For tables whose targets are values: RealMLP-TD-S, as <see cref="TableClassification"/>. Needs validation data, because the best
    /// epoch is kept.
    /// </summary>
    public static TrainingOptions TableRegression { get; } = OfTables with
    {
        Activation = Activation.Mish,
        Optimizer = TableAdam with { LearningRate = 0.07f },
        ClipPredictions = true,
    };

    /// <summary>
    /// The notebook's exercise 1 (784-30-10, sigmoid, quadratic cost, eta 0.5, batches of 100, 50 epochs) with the right derivative and
    /// initial weights scaled by 1 / sqrt(inputs). The command line trains it example by example.
    /// </summary>
    public static TrainingOptions Exercise1 { get; } = new()
    {
        Hidden = [30],
        Activation = Activation.Sigmoid,
        Loss = Loss.Quadratic,
        Optimizer = new SgdOptions { LearningRate = 0.5f },
        BatchSize = 100,
        Epochs = 50,
        Scaling = Scaling.StandardizePerFeature,
        Initialization = Initialization.Scaled,
        Shuffle = false,
        DropLastBatch = true,
    };

    /// <summary>The notebook's exercise 2 (eta 0.2, L2 0.0001, 100 epochs), corrected in the same way.</summary>
    public static TrainingOptions Exercise2 { get; } = Exercise1 with
    {
        Optimizer = new SgdOptions { LearningRate = 0.2f, WeightDecay = 0.0001f },
        Epochs = 100,
    };

    /// <summary>
    /// Exercise 2 with the mistake of exercise 1 and with standard-normal weights. This produced the table that the notebook prints.
    /// </summary>
    public static TrainingOptions AsPrinted { get; } = Exercise2 with
    {
        Activation = Activation.SigmoidAsPrinted,
        OutputActivation = Activation.SigmoidAsPrinted,
        Initialization = Initialization.StandardNormal,
    };

    /// <summary>The presets by the names that the command line uses.</summary>
    public static IReadOnlyDictionary<string, Preset> All { get; } = new Dictionary<string, Preset>
    {
        ["default"] = new(Default),
        ["fast"] = new(Fast),
        ["accurate"] = new(Accurate),
        ["record"] = new(Record),
        ["table"] = new(TableClassification, TableRegression),
        ["exercise-1"] = new(Exercise1),
        ["exercise-2"] = new(Exercise2),
        ["as-printed"] = new(AsPrinted),
    };
}
