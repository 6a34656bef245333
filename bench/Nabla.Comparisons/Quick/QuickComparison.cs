using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>All goals in one table, with few contenders and batches: writes quick.md.</summary>
internal sealed class QuickComparison(Scope scope)
{
    public string Run()
    {
        var before = Load.Now();
        var training = new TrainingComparison(scope);
        var prediction = new PredictionComparison(scope);
        var products = new ProductComparison(scope);
        string rows = GoalRow.Table(
        [
            .. scope.Workloads.SelectMany(training.Measure),
            .. Contender.ThreadCounts.SelectMany(products.Measure),
            .. scope.Workloads.SelectMany(prediction.Measure),
        ]);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # All goals

            {Machine.Describe(before, Peers.Torch, Peers.OpenBlas, Peers.OnnxRuntime)}
            - data: {WorkloadData.Test.Name} and a random table
            {training.Workloads}

            Above 1, Nabla is faster. Medians of {scope.Rounds} measurements in turn, each library in a process of its own, with the
            variants that usually win. The comparisons training, products and prediction measure all variants.

            {rows}
            """);
    }
}
