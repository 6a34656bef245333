namespace Nabla;

/// <summary>What a model file holds of a training run that was interrupted.</summary>
/// <param name="Position">How far it had come.</param>
/// <param name="Schedule">What the schedule has learned.</param>
/// <param name="Data">What its training data are.</param>
/// <param name="ValidationDigest">Digest of its validation data, empty without any; null if no result depends on them.</param>
/// <param name="Best">The best epoch so far; null if there is none, or it is not kept.</param>
/// <param name="MeasuredStep">What the last full batch of the current epoch did to each layer; empty before it.</param>
/// <param name="OptimizerState">What the optimizer remembers, by name.</param>
internal sealed record UnfinishedTraining(
    TrainingPosition Position, ScheduleState Schedule, DataDigest Data, string? ValidationDigest, BestEpoch? Best,
    LayerUpdate[] MeasuredStep, IReadOnlyList<(string Name, float[] Values)> OptimizerState);
