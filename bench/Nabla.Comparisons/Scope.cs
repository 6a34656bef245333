namespace Nabla.Comparisons;

/// <summary>How much is measured.</summary>
/// <param name="Workloads">The workloads of products, prediction and training.</param>
/// <param name="Rounds">Measurements of each contender.</param>
/// <param name="IsQuick">Whether only the contenders that usually win are measured, on few batches.</param>
internal sealed record Scope(IReadOnlyList<Workload> Workloads, int Rounds, bool IsQuick)
{
    /// <summary>Receives a line for each contender that fails.</summary>
    public List<string> Failures { get; init; } = [];

    /// <summary>Batches of an epoch that are measured, 0 for all.</summary>
    public int Steps(Workload workload) => IsQuick && workload.QuickSteps > 0 ? workload.QuickSteps : workload.Steps;
}
