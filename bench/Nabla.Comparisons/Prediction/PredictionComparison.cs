using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Compares predictions of trained networks with ONNX Runtime: writes prediction.md.</summary>
internal sealed class PredictionComparison(Dataset train, Dataset test, int rounds)
{
    private const int TrainedOn = 3000;
    private const int Batch = 10_000;
    private const int Singles = 100;        // few enough for their inputs to stay in the L2 cache
    private const int Calls = 2000;

    private static readonly int[] ThreadCounts = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public string Run(IReadOnlyList<Workload> workloads)
    {
        var before = Machine.Now();
        var summary = new StringBuilder();
        var details = new StringBuilder();
        foreach (var result in workloads.Where(workload => workload.LatencyGoal > 0).SelectMany(Measure))
            Section(result, summary, details);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Prediction

            {Machine.Describe(before, Peers.OnnxRuntime)}
            - data: {test.Name}, {Batch} test examples; networks trained for one epoch on {TrainedOn} examples

            Ratios are ONNX Runtime's median time over Nabla's: above 1, Nabla is faster. For one example, the best of each at
            {string.Join(" or ", ThreadCounts)} threads: medians of {rounds * Calls} calls, each timed individually, in alternating runs of
            {Calls}, warm, {Singles} different examples. For {Batch} at once, at equal numbers of threads: medians of {rounds} calls in
            turn, warm. Nabla is called as its users call it: Classifier.Predict of raw bytes, or of a table of them, scales them and
            creates an object with label and scores for each example. ONNX Runtime has its inputs scaled as floats beforehand, writes into
            an existing buffer, and finds no label; its tensors are created beforehand, and either bound to the session or passed with each
            call. Both have the same weights, and their outputs must agree within 1e-4 before anything is measured.

            | ratio | goal | what | Nabla | best ONNX Runtime | its variant |
            |---|---|---|---|---|---|
            {summary}
            ## All variants

            | Nabla to it | what | variant | threads | median | 99th percentile |
            |---|---|---|---|---|---|
            {details}
            """);
    }

    /// <summary>Measures one example at a time, then many at once for each number of threads.</summary>
    /// <returns>A lazy sequence: what is not enumerated is not measured.</returns>
    public IEnumerable<PredictionResult> Measure(Workload workload)
    {
        List<IPredictor> predictors = [.. Predictors(workload)];
        try
        {
            Check(workload, predictors);
            Console.Error.WriteLine($"{workload.Name}: one example");
            yield return MeasureOne(workload, predictors);
            foreach (int threads in ThreadCounts)
            {
                Console.Error.WriteLine($"{workload.Name}: {Batch} examples, {threads} threads");
                yield return MeasureBatch(workload, predictors.FindAll(predictor => predictor.Threads == threads), threads);
            }
        }
        finally
        {
            predictors.ForEach(predictor => predictor.Dispose());
        }
    }

    private PredictionResult MeasureOne(Workload workload, List<IPredictor> predictors)
    {
        var latencies = predictors.ConvertAll(predictor => new Latency(predictor.One, Calls, Singles));
        Alternating.Run(latencies.ConvertAll(latency => Alternating.Timed(latency.Run)), rounds, TimeSpan.FromMilliseconds(50));
        return new PredictionResult(
            $"{workload.Name}, one example", 1, workload.LatencyGoal,
            [.. predictors.Zip(latencies, (predictor, latency) =>
                new PredictionTime(predictor.Name, predictor.Threads, latency.Quantile(0.5), latency.Quantile(0.99)))]);
    }

    private PredictionResult MeasureBatch(Workload workload, List<IPredictor> predictors, int threads)
    {
        var runs = predictors.ConvertAll(predictor => (Action)predictor.All);
        double[][] seconds = Alternating.Run(runs.ConvertAll(Alternating.Timed), rounds, TimeSpan.FromMilliseconds(50));
        return new PredictionResult(
            $"{workload.Name}, {Batch} examples at once, {threads} thread{(threads > 1 ? "s" : "")}", Batch, 1,
            [.. predictors.Zip(seconds, (predictor, times) =>
                new PredictionTime(predictor.Name, threads, Alternating.Median(times), double.NaN))]);
    }

    private static void Section(PredictionResult result, StringBuilder summary, StringBuilder details)
    {
        var (ours, best) = (result.Ours, result.Best);
        summary.AppendLine(CultureInfo.InvariantCulture,
            $"| {Ratio.Text(result.Ratio, result.Goal)} | {result.Goal} | {result.What} | {result.Text(ours.Median)} "
            + $"| {result.Text(best.Median)} | {best.Name}, {best.Threads} threads |");
        foreach (var time in result.Times)
        {
            details.AppendLine(CultureInfo.InvariantCulture,
                $"| {time.Median / ours.Median:0.00} | {result.What} | {time.Name} | {time.Threads} "
                + $"| {result.Text(time.Median)} | {result.Text(time.Slow)} |");
            Console.Error.WriteLine($"    {result.Text(time.Median),20}  {time.Name}, {time.Threads} threads");
        }
    }

    private IEnumerable<IPredictor> Predictors(Workload workload)
    {
        var part = train.Select([.. Enumerable.Range(0, TrainedOn)]);
        var examples = test.Inputs.Select([.. Enumerable.Range(0, Batch)]);
        // Parameters do not depend on the number of threads.
        var models = ThreadCounts
            .Select(threads => Classifier.Train(part, workload.Options with { Epochs = 1, Threads = threads })).ToList();
        var network = models[0].Network;
        byte[] onnx = OnnxModel.Create(network);
        float[] scaled = GC.AllocateArray<float>(Batch * examples.Columns, pinned: true);
        models[0].Preprocessing.Apply(examples, Enumerable.Range(0, Batch).ToArray(), scaled);
        return
        [
            .. models.Select(model => new NablaPredictor(model, examples)),
            .. ThreadCounts.Select(threads => new OnnxPredictor(onnx, scaled, Singles, network.Topology, threads, bound: false)),
            .. ThreadCounts.Select(threads => new OnnxPredictor(onnx, scaled, Singles, network.Topology, threads, bound: true)),
        ];
    }

    /// <summary>Throws if the outputs differ.</summary>
    private static void Check(Workload workload, List<IPredictor> predictors)
    {
        predictors.ForEach(predictor => predictor.All());
        foreach (var peer in predictors.Skip(1))
        {
            double difference = Math.Max(
                Difference(predictors[0].ScoresOfAll(), peer.ScoresOfAll()),
                Difference(predictors[0].ScoresOfSingles(Singles), peer.ScoresOfSingles(Singles)));
            if (!(difference < 1e-4))
                throw new InvalidOperationException($"{workload.Name}: outputs of {peer.Name} differ from Nabla's by up to {difference}.");
        }
    }

    private static double Difference(float[] ours, float[] theirs) => ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
}
