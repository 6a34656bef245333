namespace Nabla;

/// <summary>What a schedule has learned from the epochs so far. It is saved when training is interrupted. Immutable.</summary>
/// <param name="Factor">Multiplies the learning rate; above 0, or 0 once it is too small for a number.</param>
/// <param name="BestLoss">The lowest loss of an epoch that counted as an improvement; null before the first.</param>
/// <param name="Waited">Epochs since then, or since the factor was last reduced.</param>
public sealed record ScheduleState(double Factor, double? BestLoss, int Waited)
{
    /// <summary>Before the first epoch: factor 1.</summary>
    public static ScheduleState Initial { get; } = new(1, null, 0);
}
