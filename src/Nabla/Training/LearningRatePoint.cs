namespace Nabla;

/// <summary>One step of a learning-rate range test. Immutable.</summary>
/// <param name="Step">Counted from 0.</param>
/// <param name="LearningRate">The rate of this step.</param>
/// <param name="Loss">Mean loss of the step's batch, before the step.</param>
/// <param name="SmoothedLoss">Exponential moving average of the losses so far.</param>
public readonly record struct LearningRatePoint(int Step, float LearningRate, double Loss, double SmoothedLoss);
