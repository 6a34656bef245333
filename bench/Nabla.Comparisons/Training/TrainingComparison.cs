using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Whole trainings, Nabla's beside TorchSharp's: training.md.</summary>
internal sealed class TrainingComparison(Dataset data, int rounds)
{
    private static readonly int[] ThreadCounts = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public string Run(IReadOnlyList<Workload> workloads)
    {
        var before = Machine.Now();
        var summary = new StringBuilder();
        var details = new StringBuilder();
        foreach (var workload in workloads)
            Section(workload, summary, details);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Training

            {Machine.Describe(before)}
            - data: {data.Name}, {data.Count} examples an epoch

            Ratios are TorchSharp's seconds over Nabla's, best variant of each at {string.Join(" or ", ThreadCounts)} threads: above 1, Nabla is faster. Medians of {rounds} epochs
            in turn, warm, no shuffling. Nabla works from bytes: gathering, scaling and the loss are in its time. TorchSharp has its inputs scaled as float
            tensors beforehand, takes batches as views of them, and computes a loss only in the variant with nn.Module. Before anything is
            measured, all variants train from the same parameters on the same three batches and must end at the same ones.

            | ratio | goal | workload | Nabla s | best TorchSharp s | its variant | Nabla 2 threads to 1 |
            |---|---|---|---|---|---|---|
            {summary}
            ## All variants

            | Nabla to it | workload | variant | threads | seconds an epoch |
            |---|---|---|---|---|
            {details}
            """);
    }

    private void Section(Workload workload, StringBuilder summary, StringBuilder details)
    {
        Check(workload);
        int batches = data.Count / workload.Batch;
        int steps = workload.Steps == 0 ? batches : Math.Min(workload.Steps, batches);
        var trainers = Trainers(workload, Part(workload, steps));
        Console.Error.WriteLine($"{workload.Name}: {workload}, {steps} of {batches} batches");
        var runs = trainers.ConvertAll(trainer => (Action)trainer.Epoch);
        double scale = (double)batches / steps;
        double[] seconds =
            [.. Alternating.Run(runs, rounds, TimeSpan.FromMilliseconds(20)).Select(times => Alternating.Median(times) * scale)];
        trainers.ForEach(trainer => trainer.Dispose());

        var timed = trainers.Zip(seconds, (trainer, time) => (trainer.Name, trainer.Threads, Seconds: time)).ToList();
        var ours = timed.Where(row => row.Name == "Nabla").MinBy(row => row.Seconds);
        var best = timed.Where(row => row.Name != "Nabla").MinBy(row => row.Seconds);
        double ratio = best.Seconds / ours.Seconds;
        var nabla = timed.Where(row => row.Name == "Nabla").ToDictionary(row => row.Threads, row => row.Seconds);
        string note = steps < batches ? $" (extrapolated from {steps} of {batches} batches)" : "";
        summary.AppendLine(CultureInfo.InvariantCulture,
            $"| {ratio:0.00}{(ratio < 1 ? " loss" : ratio < workload.Goal ? " below goal" : "")} | {workload.Goal} | {workload.Name}: {workload}{note} | {ours.Seconds:0.0000} ({ours.Threads} threads) | {best.Seconds:0.0000} | {best.Name}, {best.Threads} threads | {nabla[1] / nabla[ThreadCounts[^1]]:0.00} |");
        foreach (var row in timed)
        {
            details.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.Seconds / ours.Seconds:0.00} | {workload.Name} | {row.Name} | {row.Threads} | {row.Seconds:0.0000} |");
            Console.Error.WriteLine($"    {row.Seconds,8:0.0000} s  {row.Name}, {row.Threads} threads");
        }
    }

    private Dataset Part(Workload workload, int steps) => data.Select([.. Enumerable.Range(0, steps * workload.Batch)]);

    private static List<ITrainer> Trainers(Workload workload, Dataset part) =>
    [
        .. ThreadCounts.Select(threads => new NablaTrainer(workload, part, threads)),
        .. ThreadCounts.Select(threads => new TorchModuleTrainer(workload, part, threads)),
        .. ThreadCounts.Select(threads => new TorchInPlaceTrainer(workload, part, threads)),
        .. ThreadCounts.Select(threads => new TorchScriptTrainer(workload, part, threads)),
    ];

    /// <summary>A peer that learns something else is no peer.</summary>
    private void Check(Workload workload)
    {
        var trainers = Trainers(workload, Part(workload, 3));
        trainers.ForEach(trainer => trainer.Epoch());
        float[] ours = trainers[0].Parameters();
        foreach (var peer in trainers.Skip(1))
        {
            double difference = ours.Zip(peer.Parameters(), (a, b) => Math.Abs(a - b)).Average();
            if (!(difference < 1e-5))
                throw new InvalidOperationException($"{workload.Name}: {peer.Name} ends {difference} from Nabla's parameters in the mean.");
        }
        trainers.ForEach(trainer => trainer.Dispose());
    }
}
