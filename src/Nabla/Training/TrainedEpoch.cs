namespace Nabla;

/// <summary>One finished epoch.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean loss over the epoch's examples, each taken before the step that its batch caused; without L2.</param>
/// <param name="Examples">Examples processed.</param>
/// <param name="Time">Time spent training, without evaluation.</param>
internal sealed record TrainedEpoch(int Epoch, double Loss, int Examples, TimeSpan Time);
