namespace Nabla.Comparisons;

/// <summary>The ways to predict with a trained network.</summary>
internal static class PredictionContenders
{
    /// <summary>Name of the comparison.</summary>
    public const string Comparison = "prediction";

    /// <summary>Examples that are predicted at once.</summary>
    public const int Batch = 10_000;

    /// <summary>Different examples that are predicted one by one: few enough for their inputs to stay in the L2 cache.</summary>
    public const int Singles = 100;

    /// <summary>Training examples of the networks.</summary>
    public const int TrainedOn = 3000;

    /// <summary>The question for the time of one prediction.</summary>
    public const string One = "one";

    /// <summary>The question for the time of <see cref="Batch"/> predictions at once.</summary>
    public const string Many = "many";

    private const string Onnx = "ONNX Runtime";
    private const string Bound = "bound once";
    private const string Passed = "OrtValues with each call";

    private const double MeasuredSeconds = 0.05;

    /// <summary>Starts the contenders for a workload; Nabla is the first.</summary>
    public static ContenderGroup Start(Scope scope, Workload workload)
    {
        string[] variants = !Peers.OnnxRuntime.IsLoaded ? [] : scope.IsQuick ? [Bound] : [Bound, Passed];
        var peers = variants.SelectMany(variant => Contender.Peer(Onnx, variant)).Where(peer => !(scope.IsQuick && peer.Sleeps));
        return new(scope.Failures, Comparison, Contender.Ours.Concat(peers), workload.Name);
    }

    /// <summary>
    /// Answers in a contender's process: a measurement is the time of one prediction or of many, the result are the outputs.
    /// </summary>
    /// <param name="name">The contender's name.</param>
    /// <param name="threads">Its number of threads.</param>
    /// <param name="task">What <see cref="Start"/> passes.</param>
    public static void Serve(string name, int threads, string[] task)
    {
        using var predictor = Create(name, threads, Workload.All.Single(workload => workload.Name == task[0]));
        RepeatedAction? singles = null, batch = null;
        ContenderServer.Run(
            words => words is [One]
                ? (singles ??= Timed(predictor.Singles)).Measure() / Singles
                : (batch ??= Timed(predictor.All)).Measure(),
            _ => predictor.Scores());

        static RepeatedAction Timed(Action action) => new(action, RepeatedAction.FirstWarmUp, MeasuredSeconds);
    }

    private static IPredictor Create(string name, int threads, Workload workload)
    {
        // Parameters do not depend on the number of threads, so each process trains the same ones.
        var model = Classifier.Train(
            WorkloadData.TrainingFor(workload).Select([.. Enumerable.Range(0, TrainedOn)]),
            workload.Options with { Epochs = 1, Threads = threads });
        var examples = WorkloadData.Test.Inputs.Select([.. Enumerable.Range(0, Batch)]);
        return name == Contender.Nabla
            ? new NablaPredictor(model, examples)
            : new OnnxPredictor(
                model, examples, threads, bound: name.Contains(Bound, StringComparison.Ordinal),
                spins: !LibrarySettings.ThreadsSleep);
    }
}
