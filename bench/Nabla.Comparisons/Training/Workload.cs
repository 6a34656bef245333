namespace Nabla.Comparisons;

/// <summary>One training run that is compared.</summary>
/// <param name="Name">Name in the results.</param>
/// <param name="Options">Nabla's options; the peers do the same. Batches come in the order of the data.</param>
/// <param name="Goal">Target ratio to the best TorchSharp variant.</param>
/// <param name="Steps">Batches to measure per epoch, 0 for all; the time of an epoch is extrapolated from them.</param>
internal sealed record Workload(string Name, TrainingOptions Options, Goal Goal, int Steps)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", Sgd([30], Activation.Sigmoid, Loss.Quadratic, 100, 0.5f, Scaling.Unit), new(4, 5.5), 0)
        {
            QuickSteps = 200, ScalingGoal = new(1.4), NotebookGoal = new(200),
            PredictionGoals = new(One: new(3.4, 4.4), Many: new(1.2, 1.3), Scaling: new(1.6)),
        },
        new("W1-dense", Sgd([30], Activation.Sigmoid, Loss.Quadratic, 100, 0.5f, Scaling.StandardizePerFeature), new(2, 2.9), 0)
        {
            QuickSteps = 200,
        },
        new("W4", Adam([100], 200), new(3, 4.5), 0) { QuickSteps = 100 },
        new("W2", Adam([512, 512], 128), new(1.5, 3.4), 100)
        {
            QuickSteps = 20, ScalingGoal = new(1.8),
            PredictionGoals = new(One: new(1.3, 1.6), Many: new(1.1, 1.3), Scaling: new(1.6)),
        },
        new("W3", Sgd([2500, 2000, 1500, 1000, 500], Activation.Tanh, Loss.CrossEntropy, 256, 0.05f, Scaling.Unit), new(1.1, 2), 4)
        {
            QuickSteps = 1, ScalingGoal = new(1.8), IsLarge = true,
        },
        new("table", Adam([256, 256, 256], 256) with { Activation = Activation.Selu, Scaling = Scaling.StandardizePerFeature },
            new(1.5, 2.5), 0)
        {
            IsTable = true,
        },
    ];

    /// <summary>Batches to measure in a quick comparison; 0 for as many as otherwise.</summary>
    public int QuickSteps { get; private init; }

    /// <summary>Target ratio of 2 threads to 1; null for none.</summary>
    public Goal? ScalingGoal { get; private init; }

    /// <summary>Target ratio to the notebook's loop; null if the notebook does not train this.</summary>
    public Goal? NotebookGoal { get; private init; }

    /// <summary>Target ratios to ONNX Runtime; null if prediction is not compared.</summary>
    public PredictionGoals? PredictionGoals { get; private init; }

    /// <summary>Whether the data are <see cref="WorkloadData"/>'s table instead of MNIST.</summary>
    public bool IsTable { get; private init; }

    /// <summary>Whether its products take nearly all of its time.</summary>
    public bool IsLarge { get; private init; }

    public int Batch => Options.BatchSize;

    /// <summary>Sizes of all layers.</summary>
    public int[] Sizes => IsTable
        ? [WorkloadData.TableFeatures, .. Options.Hidden, WorkloadData.TableClasses]
        : [784, .. Options.Hidden, 10];

    public override string ToString() =>
        $"{string.Join('-', Sizes)}, {Options.Activation.Name}, "
        + (Options.Loss == Loss.Quadratic ? "quadratic, " : "softmax cross-entropy, ")
        + $"{(Options.Optimizer is AdamOptions ? "Adam" : "SGD")}, batch {Batch}, "
        + (Options.Scaling == Scaling.Unit ? "unit scaling" : "standardized inputs");

    private static TrainingOptions Sgd(int[] hidden, Activation activation, Loss loss, int batch, float rate, Scaling scaling) =>
        Common(hidden, activation, loss, batch, scaling) with { Optimizer = new SgdOptions { LearningRate = rate } };

    private static TrainingOptions Adam(int[] hidden, int batch) =>
        Common(hidden, Activation.Relu, Loss.CrossEntropy, batch, Scaling.Unit) with { Optimizer = new AdamOptions() };

    private static TrainingOptions Common(int[] hidden, Activation activation, Loss loss, int batch, Scaling scaling) => new()
    {
        Hidden = hidden, Activation = activation, Loss = loss, BatchSize = batch, Scaling = scaling,
        Initialization = Initialization.Scaled, Shuffle = false, DropLastBatch = true, Epochs = int.MaxValue,
    };
}

/// <summary>Target ratios of predictions.</summary>
/// <param name="One">One example, to ONNX Runtime.</param>
/// <param name="Many">Many examples at once, to ONNX Runtime with as many threads or fewer.</param>
/// <param name="Scaling">Many examples, 2 threads to 1.</param>
internal sealed record PredictionGoals(Goal One, Goal Many, Goal Scaling);
