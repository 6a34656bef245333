using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>Compares predictions of trained networks with ONNX Runtime: writes prediction.md.</summary>
internal sealed class PredictionComparison(Scope scope)
{
    private const double Tolerance = 1e-5;

    private readonly Variants variants = new();

    public string Run()
    {
        var before = Load.Now();
        string rows = GoalRow.Table(scope.Workloads.SelectMany(Measure));
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Prediction

            {Machine.Describe(before, scope.Failures, Peers.OnnxRuntime)}
            - data: {WorkloadData.Test.Name}; networks trained for one epoch on {PredictionContenders.TrainedOn} examples

            Ratios are ONNX Runtime's time over Nabla's: above 1, Nabla is faster. Each contender has a process of its own, and waits for
            its turn without using the processor. In each of {scope.Rounds} rounds every contender is measured once, warm; a ratio is the
            median of the rounds' ratios, with their range. For one prediction, the best of each at
            {string.Join(" or ", Contender.ThreadCounts)} threads: {PredictionContenders.Singles} different examples one by one. For
            {PredictionContenders.Batch} at once, ONNX Runtime may use as many threads as Nabla or fewer, whichever is faster. Nabla is
            called as its users call it: Classifier.Predict of raw bytes, or of a table of them, scales them and creates an object with
            label and scores for each example. ONNX Runtime has its inputs scaled as floats beforehand, writes into an existing buffer, and
            finds no label; its tensors are created beforehand, and either bound to the session or passed with each call. With 2 threads,
            the peers' threads either spin or sleep while they wait. All have the same weights, and their outputs must agree within
            {Tolerance} of their size before anything is measured.

            {rows}
            ## All variants

            {variants}
            """);
    }

    /// <summary>Measures a workload.</summary>
    /// <returns>Its lines of the table of goals; none if its predictions are not compared.</returns>
    public IEnumerable<GoalRow> Measure(Workload workload)
    {
        if (workload.PredictionGoals is not { } goals)
            yield break;
        string name = workload.Name, many = $"{name}: {PredictionContenders.Batch:N0} predictions";
        string one = $"{name}: one prediction";
        using var contenders = PredictionContenders.Start(scope, workload);
        contenders.Check(name, new Agreement(Tolerance));

        Console.Error.WriteLine(one);
        if (contenders.Measure(one, scope.Rounds, PredictionContenders.One) is { } single)
        {
            variants.Add(one, single, Latency);
            yield return GoalRow.Compare(one, goals.One, single.Ours, single.BestPeer(single.Ours), Latency);
        }

        Console.Error.WriteLine(many);
        if (contenders.Measure(many, scope.Rounds, PredictionContenders.Many) is not { } outcome)
            yield break;
        variants.Add(many, outcome, Throughput);
        foreach (int threads in Contender.ThreadCounts)
        {
            var ours = outcome.OursWith(threads);
            var peer = outcome.BestPeer(ours, contender => contender.Threads <= threads);
            yield return GoalRow.Compare(many, goals.Many, ours, peer, Throughput);
        }
        if (Contender.ThreadCounts.Count > 1)
            yield return GoalRow.Scaling(many, goals.Scaling, outcome, Throughput);
    }

    private static string Latency(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.00} us");

    private static string Throughput(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{PredictionContenders.Batch / seconds / 1000:0} thousand/s");
}
