using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>Compares whole training runs with TorchSharp and the notebook's loop: writes training.md.</summary>
internal sealed class TrainingComparison(Scope scope)
{
    private readonly Variants variants = new();

    public string Run()
    {
        var before = Load.Now();
        string rows = GoalRow.Table(scope.Workloads.SelectMany(Measure));
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Training

            {Machine.Describe(before, scope.Failures, Peers.Torch, NotebookLoop.Title ?? "NumPy: not installed")}
            {WorkloadData.Describe(scope.Workloads)}
            {Workloads}

            Ratios are the best peer's seconds for an epoch over Nabla's, best variant of each at
            {string.Join(" or ", Contender.ThreadCounts)} threads: above 1, Nabla is faster. Each variant has a process of its own, and
            waits for its turn without using the processor. In each of {scope.Rounds} rounds every variant is measured once, warm, without
            shuffling; a ratio is the median of the rounds' ratios, with their range, and a time the median of the rounds. Nabla works from
            bytes, and from floats in the table: its time includes gathering, scaling and the loss. TorchSharp has its inputs scaled as
            float tensors beforehand, each batch as it is or transposed, takes batches as views of them, and computes a loss only in the
            variant with nn.Module. With 2 threads, the peers' threads either spin or sleep while they wait. Before anything is measured,
            all variants train from the same parameters on the same three batches; in the weights and the biases of each layer, they may
            differ by {TrainingContenders.Tolerance} of what training changed. The notebook's loop is notebook/per_example.py in a separate
            process: double precision, {NotebookLoop.Examples} examples, extrapolated to an epoch, {NotebookLoop.Runs} runs; its result is
            checked too.

            {rows}
            ## All variants

            {variants}
            """);
    }

    /// <summary>Measures a workload.</summary>
    /// <returns>Its lines of the table of goals.</returns>
    public IEnumerable<GoalRow> Measure(Workload workload)
    {
        var (steps, batches) = Steps(workload);
        Console.Error.WriteLine(Describe(workload));
        using var contenders = TrainingContenders.Start(scope, workload, steps);
        contenders.Check(workload.Name, TrainingContenders.AgreementOn(workload));
        if (contenders.Measure(workload.Name, scope.Rounds)?.Scaled((double)batches / steps) is not { } outcome)
            yield break;
        variants.Add(workload.Name, outcome, Text);
        var ours = outcome.Ours;
        yield return GoalRow.Compare($"{workload.Name}, an epoch", workload.Goal, ours, outcome.BestPeer(ours), Text);
        if (Contender.ThreadCounts.Count > 1)
            yield return GoalRow.Scaling(workload.Name, workload.ScalingGoal, outcome, Text);
        if (!scope.IsQuick && workload.NotebookGoal is not null && NotebookLoop.Title is not null)
            yield return Notebook(workload, ours);
    }

    /// <summary>A line about each workload, and how much of it is measured.</summary>
    public string Workloads => string.Join('\n', scope.Workloads.Select(workload => $"- {Describe(workload)}"));

    private string Describe(Workload workload)
    {
        var (steps, batches) = Steps(workload);
        return $"{workload.Name}: {workload}" + (steps < batches ? $"; extrapolated from {steps} of {batches} batches" : "");
    }

    private (int Steps, int Batches) Steps(Workload workload)
    {
        int batches = WorkloadData.TrainingFor(workload).Count / workload.Batch, steps = scope.Steps(workload);
        return (steps == 0 ? batches : Math.Min(steps, batches), batches);
    }

    private GoalRow Notebook(Workload workload, ContenderTimes ours)
    {
        string what = $"{workload.Name}, an epoch of the notebook's loop";
        var data = WorkloadData.TrainingFor(workload);
        var loop = new Outcome([ours, .. NotebookLoop.Measure(scope.Failures, workload, data)], scope.Rounds);
        variants.Add(what, loop, Text);
        return GoalRow.Compare(what, workload.NotebookGoal, ours, loop.BestPeer(ours), Text);
    }

    private static string Text(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0000} s");
}
