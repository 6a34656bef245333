using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Compares whole training runs with TorchSharp and the notebook's loop: writes training.md.</summary>
internal sealed class TrainingComparison(Dataset data, int rounds)
{
    /// <summary>Long enough for the threads of the contender before to have gone to sleep.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private static readonly int[] ThreadCounts = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public string Run(IReadOnlyList<Workload> workloads)
    {
        var before = Machine.Now();
        var summary = new StringBuilder();
        var details = new StringBuilder();
        foreach (var workload in workloads)
            Section(Measure(workload), summary, details);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Training

            {Machine.Describe(before, Peers.TorchSharp, NotebookLoop.Title ?? "NumPy: not installed")}
            - data: {data.Name}, {data.Count} examples an epoch

            Ratios are the best peer's seconds over Nabla's, best variant of each at {string.Join(" or ", ThreadCounts)} threads: above 1,
            Nabla is faster. Each variant has a process of its own, and waits for its turn without using the processor. Medians of
            {rounds} epochs in turn, warm, no shuffling. Nabla works from bytes: its time includes gathering,
            scaling and the loss. TorchSharp has its inputs scaled as float tensors beforehand, takes batches as views of them, and computes
            a loss only in the variant with nn.Module. Before anything is measured, all variants train from the same parameters on the same
            three batches and must end at the same parameters. The notebook's loop is notebook/per_example.py in a separate process, right
            after Nabla's W1: double precision, {NotebookLoop.Examples} examples, extrapolated to an epoch, the median of
            {NotebookLoop.Runs}; its result is checked too.

            | ratio | goal | workload | Nabla s | best peer's s | the peer | Nabla 2 threads to 1 |
            |---|---|---|---|---|---|---|
            {summary}
            ## All variants

            | Nabla to it | workload | variant | threads | seconds an epoch | shortest to longest |
            |---|---|---|---|---|---|
            {details}
            """);
    }

    /// <summary>Times all contenders in turn, after checking that they end at the same parameters.</summary>
    public TrainingResult Measure(Workload workload)
    {
        var contenders = TrainingContender.All(ThreadCounts).ToList();
        Check(workload, contenders);
        int batches = data.Count / workload.Batch;
        int steps = workload.Steps == 0 ? batches : Math.Min(workload.Steps, batches);
        Console.Error.WriteLine($"{workload.Name}: {workload}, {steps} of {batches} batches");
        var processes = contenders.ConvertAll(contender => contender.Start(workload, steps));
        double[][] seconds = Alternating.Run(processes.ConvertAll(process => (Func<double>)(() => process.Measure())), rounds, Pause);
        processes.ForEach(process => process.Dispose());
        double scale = (double)batches / steps;
        return new TrainingResult(
            workload, steps < batches ? $" (extrapolated from {steps} of {batches} batches)" : "",
            [.. contenders.Zip(seconds, (contender, times) => TrainingTime.Of(contender.Title, contender.Threads, times, scale))]);
    }

    private void Section(TrainingResult result, StringBuilder summary, StringBuilder details)
    {
        var (workload, note, times) = result;
        var best = result.Best;
        string scaling = Ratio.Text(result.Scaling, workload.ScalingGoal);
        summary.AppendLine(Row(result, workload.Goal, $"{workload.Name}: {workload}{note}", best, scaling));
        List<TrainingTime> all = [.. times];
        if (workload.NotebookGoal > 0 && NotebookLoop.Title is not null)
        {
            List<TrainingTime> loop = [.. NotebookLoop.Measure(workload, data, ThreadCounts)];
            var fastest = loop.MinBy(time => time.Seconds)!;
            summary.AppendLine(Row(result, workload.NotebookGoal, $"{workload.Name} beside the notebook's loop", fastest, ""));
            all.AddRange(loop);
        }
        foreach (var row in all)
        {
            details.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.Seconds / result.Ours.Seconds:0.00} | {workload.Name} | {row.Name} | {row.Threads} | {row.Seconds:0.0000} "
                + $"| {row.Range.Least:0.0000} to {row.Range.Most:0.0000} |");
            Console.Error.WriteLine($"    {row.Seconds,8:0.0000} s  {row.Name}, {row.Threads} threads");
        }
    }

    private static string Row(TrainingResult result, double goal, string what, TrainingTime peer, string scaling)
    {
        var ours = result.Ours;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {Ratio.Text(peer.Seconds / ours.Seconds, goal)} | {goal} | {what} | {ours.Seconds:0.0000} ({ours.Threads} threads) "
            + $"| {peer.Seconds:0.0000} | {peer.Name}, {peer.Threads} threads | {scaling} |");
    }

    /// <summary>Throws if a peer ends at other parameters.</summary>
    private static void Check(Workload workload, List<TrainingContender> contenders)
    {
        const int steps = 3;
        float[]? ours = null;
        foreach (var contender in contenders)
        {
            using var process = contender.Start(workload, steps);
            process.Measure();
            float[] parameters = process.Result();
            ours ??= parameters;
            double difference = ours.Zip(parameters, (a, b) => Math.Abs(a - b)).Average();
            if (!(difference < 1e-5))
            {
                throw new InvalidOperationException(
                    $"{workload.Name}: the parameters of {contender.Name} differ from Nabla's by {difference} on average.");
            }
        }
    }
}
