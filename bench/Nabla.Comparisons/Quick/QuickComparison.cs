using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>All goals in one table, with few contenders and batches: writes quick.md.</summary>
internal sealed class QuickComparison(Scope scope)
{
    private const int ShortRounds = 3;

    /// <summary>The comparison of two workloads, for CI.</summary>
    public static QuickComparison Short(Scope scope) => new(scope with
    {
        Workloads = [.. Workload.All.Where(workload => workload.Name is "W1" or "W4")], Rounds = ShortRounds, IsQuick = true,
    });

    public string Run()
    {
        var before = Load.Now();
        var training = new TrainingComparison(scope);
        var prediction = new PredictionComparison(scope);
        var products = new ProductComparison(scope);
        string rows = GoalRow.Table(
        [
            .. scope.Workloads.SelectMany(training.Measure),
            .. products.Measure(threads: 1),
            .. scope.Workloads.SelectMany(prediction.Measure),
        ]);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # All goals

            {Machine.Describe(before, scope.Failures, Peers.Torch, Peers.OpenBlas, Peers.OnnxRuntime)}
            {WorkloadData.Describe(scope.Workloads)}
            {training.Workloads}

            Ratios are medians of {scope.Rounds} rounds, with their range: in each round, every contender is measured once. Above 1, Nabla
            is faster. Each library has a process of its own. Only the variants that usually win are measured; the comparisons training,
            products and prediction measure all.

            {rows}
            """);
    }
}
