namespace Nabla.Comparisons;

/// <summary>One training that is compared.</summary>
/// <param name="Name">As the results call it.</param>
/// <param name="Options">What Nabla is told; the peers do the same. Batches come in the data's order.</param>
/// <param name="Goal">How many times as fast as the best TorchSharp variant Nabla is to be.</param>
/// <param name="Steps">Batches that are measured for an epoch, 0 for all; an epoch's time is extrapolated from them.</param>
internal sealed record Workload(string Name, TrainingOptions Options, double Goal, int Steps)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", Sgd([30], Activation.Sigmoid, Loss.Quadratic, 100, 0.5f, Scaling.Unit), 8, 0) { ScalingGoal = 1.4, NotebookGoal = 200, LatencyGoal = 3 },
        new("W1-dense", Sgd([30], Activation.Sigmoid, Loss.Quadratic, 100, 0.5f, Scaling.StandardizePerFeature), 2.5, 0),
        new("W4", Adam([100], 200), 4, 0),
        new("W2", Adam([512, 512], 128), 1.8, 100) { ScalingGoal = 1.8, LatencyGoal = 1.5 },
        new("W3", Sgd([2500, 2000, 1500, 1000, 500], Activation.Tanh, Loss.CrossEntropy, 256, 0.05f, Scaling.Unit), 1.25, 4) { ScalingGoal = 1.8 },
    ];

    /// <summary>How many times as fast with 2 threads as with 1 Nabla is to be; 0 where nothing is asked.</summary>
    public double ScalingGoal { get; private init; }

    /// <summary>How many times as fast as the notebook's loop Nabla is to be; 0 where the notebook does not train this.</summary>
    public double NotebookGoal { get; private init; }

    /// <summary>How many times as fast as ONNX Runtime its network is to predict one example; 0 where that is not compared.</summary>
    public double LatencyGoal { get; private init; }

    public int Batch => Options.BatchSize;

    /// <summary>Sizes of all layers on MNIST.</summary>
    public int[] Sizes => [784, .. Options.Hidden, 10];

    public override string ToString() =>
        $"{string.Join('-', Sizes)}, {Options.Activation.ToString().ToLowerInvariant()}, {(Options.Loss == Loss.Quadratic ? "quadratic" : "softmax cross-entropy")}, "
        + $"{(Options.Optimizer is AdamOptions ? "Adam" : "SGD")}, batch {Batch}, {(Options.Scaling == Scaling.Unit ? "unit scaling" : "standardised inputs")}";

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
