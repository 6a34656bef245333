namespace Nabla.Comparisons;

/// <summary>One training run that is compared.</summary>
/// <param name="Name">Name in the results.</param>
/// <param name="Options">Nabla's options; the peers do the same. Batches come in the order of the data.</param>
/// <param name="Goal">Target ratio to the best TorchSharp variant.</param>
/// <param name="Steps">Batches to measure per epoch, 0 for all; the time of an epoch is extrapolated from them.</param>
internal sealed record Workload(string Name, TrainingOptions Options, double Goal, int Steps)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", Sgd([30], Activation.Sigmoid, Loss.Quadratic, 100, 0.5f, Scaling.Unit), 8, 0)
        {
            ScalingGoal = 1.4, NotebookGoal = 200, LatencyGoal = 3,
        },
        new("W1-dense", Sgd([30], Activation.Sigmoid, Loss.Quadratic, 100, 0.5f, Scaling.StandardizePerFeature), 2.5, 0),
        new("W4", Adam([100], 200), 4, 0),
        new("W2", Adam([512, 512], 128), 1.8, 100) { ScalingGoal = 1.8, LatencyGoal = 1.5 },
        new("W3", Sgd([2500, 2000, 1500, 1000, 500], Activation.Tanh, Loss.CrossEntropy, 256, 0.05f, Scaling.Unit), 1.25, 4)
        {
            ScalingGoal = 1.8,
        },
    ];

    /// <summary>Target ratio of 2 threads to 1; 0 for none.</summary>
    public double ScalingGoal { get; private init; }

    /// <summary>Target ratio to the notebook's loop; 0 if the notebook does not train this.</summary>
    public double NotebookGoal { get; private init; }

    /// <summary>Target ratio to ONNX Runtime for the prediction of one example; 0 if prediction is not compared.</summary>
    public double LatencyGoal { get; private init; }

    public int Batch => Options.BatchSize;

    /// <summary>Sizes of all layers on MNIST.</summary>
    public int[] Sizes => [784, .. Options.Hidden, 10];

    public override string ToString() =>
        $"{string.Join('-', Sizes)}, {Options.Activation.Name}, "
        + (Options.Loss == Loss.Quadratic ? "quadratic, " : "softmax cross-entropy, ")
        + $"{(Options.Optimizer is AdamOptions ? "Adam" : "SGD")}, batch {Batch}, "
        + (Options.Scaling == Scaling.Unit ? "unit scaling" : "standardised inputs");

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
